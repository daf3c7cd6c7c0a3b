import { partitionPatterns, type Partition } from '../../../functions/contract/partitions';
import type { StackArns } from '../deployment/stack-arns';
import { awsActions, customerKeyActions } from './aws-actions';

export interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

const leadingKeys = 'dynamodb:LeadingKeys';

/** The IAM policy for whoever runs the operator's commands on this stack. */
export function policyDocument(arns: StackArns, { readOnly }: { readonly readOnly: boolean }): PolicyDocument {
  const needed = awsActions.filter(({ writes }) => !(readOnly && writes === true));
  const byPlace = new Map<string, { resource: string | readonly string[]; actions: string[] }>();
  const byPartition = new Map<Partition, string[]>();
  for (const one of needed) {
    if ('in' in one) for (const partition of one.in) append(byPartition, partition, one.action);
    else {
      const { actions } = byPlace.get(one.on) ?? { actions: [] };
      byPlace.set(one.on, { resource: arns[one.on], actions: [...actions, one.action] });
    }
  }
  return {
    Version: '2012-10-17',
    Statement: [
      ...[...byPlace.values()].map(({ resource, actions }) => allow(actions, resource)),
      ...[...byPartition].map(([partition, actions]) => allow(actions, arns.table, inPartition(partition))),
      ...throughKey(arns, readOnly),
    ],
  };
}

function append(lists: Map<Partition, string[]>, partition: Partition, action: string): void {
  lists.set(partition, [...(lists.get(partition) ?? []), action]);
}

function allow(
  actions: readonly string[],
  resource: string | readonly string[],
  condition?: PolicyStatement['Condition'],
): PolicyStatement {
  return { Effect: 'Allow', Action: actions, Resource: resource, ...(condition && { Condition: condition }) };
}

/** `ForAllValues` also holds for a request without the key, so the statement requires the key to be there. */
function inPartition(partition: Partition): PolicyStatement['Condition'] {
  const { like, notLike }: { readonly like: string; readonly notLike?: string } = partitionPatterns[partition];
  return {
    'ForAllValues:StringLike': { [leadingKeys]: [like] },
    ...(notLike !== undefined && { 'ForAllValues:StringNotLike': { [leadingKeys]: [notLike] } }),
    Null: { [leadingKeys]: 'false' },
  };
}

function throughKey({ customerKey, region, urlSuffix }: StackArns, readOnly: boolean): PolicyStatement[] {
  if (customerKey === undefined) return [];
  return customerKeyActions
    .filter((one) => !(readOnly && 'writes' in one))
    .map(({ service, actions }) =>
      allow(actions, customerKey, { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } }),
    );
}
