import {
  appPrefix,
  auditPrefix,
  deliveryPartition,
  deliveryPrefix,
  endpointPrefix,
  eventPrefix,
  inputKey,
  memberPrefix,
  runPartition,
  tenantKey,
  tokenIdPrefix,
  workflowPrefix,
  type Key,
} from '../../../functions/aws/keys';

/** What a row is, as the report counts it. `others` are counts of a day or an hour, and places of a limit. */
export type RowKind =
  | 'tenant'
  | 'workflows'
  | 'versions'
  | 'endpoints'
  | 'tokens'
  | 'apps'
  | 'members'
  | 'audit'
  | 'others'
  | 'runs'
  | 'inputs'
  | 'trails'
  | 'events'
  | 'deliveries'
  | 'attempts';

/**
 * The partitions of a tenant that are compared. Those that are left out hold nothing that a restore could be about: the
 * pace of sending and the counts of requests are over within minutes. Idempotency claims, and the tokens that apps got,
 * have partitions of their own under hashes which no row lists.
 */
export function comparedPartitions(tenantId: string): string[] {
  return [tenantKey(tenantId).pk, runPartition(tenantId), inputKey(tenantId, 0).pk, deliveryPartition(tenantId)];
}

const kindsByPrefix: readonly (readonly [prefix: string, kind: RowKind])[] = [
  [workflowPrefix, 'workflows'],
  ['VERSION#', 'versions'],
  [endpointPrefix, 'endpoints'],
  [tokenIdPrefix, 'tokens'],
  [appPrefix, 'apps'],
  [memberPrefix, 'members'],
  [auditPrefix, 'audit'],
  [eventPrefix, 'events'],
  [deliveryPrefix, 'deliveries'],
  ['ATTEMPT#', 'attempts'],
];

export function kindOf({ pk, sk }: Key): RowKind {
  if (pk.endsWith('#RUN')) return 'runs';
  if (pk.endsWith('#INP')) return sk.includes('#') ? 'trails' : 'inputs';
  if (sk === 'TENANT') return 'tenant';
  return kindsByPrefix.find(([prefix]) => sk.startsWith(prefix))?.[1] ?? 'others';
}
