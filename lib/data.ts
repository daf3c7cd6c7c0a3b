import {
  AttributeType,
  Billing,
  CfnGlobalTable,
  ProjectionType,
  TableV2,
  type Attribute,
} from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { CustomerKey } from './customer-key';
import type { Stage } from './stage';
import { partitionPatterns, type Partition, type WriteAction } from '../functions/contract/partitions';
import { tableShape } from '../functions/contract/table';

/**
 * What functions may do with items. Some actions are absent on purpose: Scan, transactions, PartiQL, and
 * BatchWriteItem, which overwrites without a condition and can delete.
 */
type ReadAction = 'GetItem' | 'BatchGetItem' | 'Query';

/** The reads of a function that may not read every partition, by kind of partition. */
type Reads = Readonly<Partial<Record<Partition, readonly ReadAction[]>>>;

/** The writes of a function by kind of partition. Nobody may delete a run or its input, because runs are permanent. */
type Writes = Readonly<
  Partial<
    Record<Exclude<Partition, 'runs' | 'inputs'>, readonly WriteAction[]> &
      Record<'runs' | 'inputs', readonly Exclude<WriteAction, 'DeleteItem'>[]>
  >
>;

type IndexName = (typeof tableShape)['openIndex' | 'parentIndex']['name'];

export interface DataProps {
  readonly stage: Stage;
  /** Default: a key owned by AWS, free of charge. */
  readonly customerKey?: CustomerKey | undefined;
}

/** All stored data of the product: one table with two keys-only indexes. */
export class Data extends Construct {
  readonly table: TableV2;
  readonly indexNames: readonly IndexName[] = indexes.map(({ name }) => name);

  readonly #customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: DataProps) {
    super(scope, id);
    this.#customerKey = props.customerKey;
    this.table = new TableV2(this, 'Table', {
      partitionKey: stringAttribute(tableShape.partitionKey),
      sortKey: stringAttribute(tableShape.sortKey),
      globalSecondaryIndexes: indexes.map((index) => ({
        indexName: index.name,
        partitionKey: stringAttribute(index.partitionKey),
        sortKey: stringAttribute(index.sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      timeToLiveAttribute: tableShape.ttl,
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.stage.keepsData,
      removalPolicy: props.stage.removalPolicy,
    });
    if (props.customerKey !== undefined) this.#encryptUnder(props.customerKey);
  }

  /** Grants reading the table itself, not its indexes. */
  grantReads(grantee: IGrantable, ...actions: readonly ReadAction[]): void {
    Grant.addToPrincipal({ grantee, actions: actions.map(qualified), resourceArns: [this.table.tableArn] });
    this.#customerKey?.grantThroughDynamoDb(grantee);
  }

  /**
   * Grants each read in the partitions of its kind only. A batch must then stay in one kind, because IAM asks one
   * statement to cover all keys of a request.
   */
  grantReadsIn(grantee: IGrantable, reads: Reads): void {
    for (const partition of everyPartition) {
      const actions = reads[partition];
      if (actions !== undefined) this.#grantIn(grantee, partition, actions);
    }
  }

  /** Grants each write in the partitions of its kind only. A function that is not granted any may not write at all. */
  grantWrites(grantee: IGrantable, writes: Writes): void {
    for (const partition of everyPartition) {
      const actions = writes[partition];
      if (actions !== undefined) this.#grantIn(grantee, partition, actions);
    }
  }

  grantIndexQuery(grantee: IGrantable, index: IndexName): void {
    Grant.addToPrincipal({
      grantee,
      actions: [qualified('Query')],
      resourceArns: [`${this.table.tableArn}/index/${index}`],
    });
  }

  /**
   * `ForAllValues` also holds for a request without the key, so the statement requires the key to be there:
   * docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
   */
  #grantIn(grantee: IGrantable, partition: Partition, actions: readonly (ReadAction | WriteAction)[]): void {
    const pattern: { readonly like: string; readonly notLike?: string } = partitionPatterns[partition];
    const { like, notLike } = pattern;
    Grant.addToPrincipal({
      grantee,
      actions: actions.map(qualified),
      resourceArns: [this.table.tableArn],
      conditions: {
        'ForAllValues:StringLike': { [leadingKeys]: [like] },
        ...(notLike !== undefined && { 'ForAllValues:StringNotLike': { [leadingKeys]: [notLike] } }),
        Null: { [leadingKeys]: 'false' },
      },
    });
    this.#customerKey?.grantThroughDynamoDb(grantee);
  }

  /**
   * Sets the key on the CloudFormation resource, because the class TableV2 accepts a customer key only in a stack whose
   * Region is fixed at synthesis.
   */
  #encryptUnder(key: CustomerKey): void {
    const resource = this.table.node.defaultChild;
    if (!CfnGlobalTable.isCfnGlobalTable(resource)) throw new Error('TableV2 no longer creates a global table.');
    resource.addPropertyOverride('SSESpecification', { SSEEnabled: true, SSEType: 'KMS' });
    resource.addPropertyOverride('Replicas.0.SSESpecification', { KMSMasterKeyId: key.keyArn });
  }
}

function stringAttribute(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}

const indexes = [tableShape.openIndex, tableShape.parentIndex] as const;

const leadingKeys = 'dynamodb:LeadingKeys';

const everyPartition = [
  'tenant',
  'runs',
  'inputs',
  'deliveries',
  'pace',
  'requests',
  'waiting',
  'claims',
  'tokens',
  'users',
  'authorizations',
] as const;

function qualified(action: ReadAction | WriteAction): string {
  return `dynamodb:${action}`;
}
