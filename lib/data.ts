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
import { tableShape } from '../functions/contract/table';

/**
 * What functions do to items. Absent on purpose: Scan, transactions, PartiQL, and BatchWriteItem, which overwrites
 * without a condition and deletes.
 */
type ItemAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem';

type IndexName = (typeof tableShape)['openIndex' | 'parentIndex']['name'];

export interface DataProps {
  readonly stage: Stage;
  /** Default: a key that AWS owns, without charge. */
  readonly customerKey?: CustomerKey | undefined;
}

/** Everything the product remembers: one table with two keys-only indexes. */
export class Data extends Construct {
  readonly table: TableV2;

  readonly #customerKey: CustomerKey | undefined;

  constructor(scope: Construct, id: string, props: DataProps) {
    super(scope, id);
    this.#customerKey = props.customerKey;
    this.table = new TableV2(this, 'Table', {
      partitionKey: stringAttribute(tableShape.partitionKey),
      sortKey: stringAttribute(tableShape.sortKey),
      globalSecondaryIndexes: [tableShape.openIndex, tableShape.parentIndex].map((index) => ({
        indexName: index.name,
        partitionKey: stringAttribute(index.partitionKey),
        sortKey: stringAttribute(index.sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      timeToLiveAttribute: tableShape.ttl,
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.stage.production,
      removalPolicy: props.stage.removalPolicy,
    });
    if (props.customerKey !== undefined) this.#encryptUnder(props.customerKey);
  }

  /** On the table itself, not on its indexes. */
  grantItems(grantee: IGrantable, ...actions: readonly ItemAction[]): void {
    Grant.addToPrincipal({ grantee, actions: actions.map(qualified), resourceArns: [this.table.tableArn] });
    this.#customerKey?.grantThroughDynamoDb(grantee);
  }

  /**
   * The same without the partitions of runs and their inputs, which are permanent: deleting is granted in this way, or
   * for less. The condition names what is refused because what remains has no pattern of its own: a tenant's endpoints
   * live in `T#<tenant>`, and every other partition of the tenant begins like that.
   */
  grantItemsExceptRuns(grantee: IGrantable, ...actions: readonly (ItemAction | 'DeleteItem')[]): void {
    Grant.addToPrincipal({
      grantee,
      actions: actions.map(qualified),
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': ['T#*#RUN', 'T#*#INP'] } },
    });
    this.#customerKey?.grantThroughDynamoDb(grantee);
  }

  /** For those that delete nothing but idempotency claims, each a partition `T#<tenant>#KEY#<hash>`. */
  grantClaimDeletion(grantee: IGrantable): void {
    Grant.addToPrincipal({
      grantee,
      actions: [qualified('DeleteItem')],
      resourceArns: [this.table.tableArn],
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['T#*#KEY#*'] } },
    });
  }

  grantIndexQuery(grantee: IGrantable, index: IndexName): void {
    Grant.addToPrincipal({
      grantee,
      actions: [qualified('Query')],
      resourceArns: [`${this.table.tableArn}/index/${index}`],
    });
  }

  /** Past the table's own class, which takes a key only where the Region is written into the template. */
  #encryptUnder(key: CustomerKey): void {
    const resource = this.table.node.defaultChild;
    if (!CfnGlobalTable.isCfnGlobalTable(resource)) throw new Error('The table is not made in this way any more');
    resource.addPropertyOverride('SSESpecification', { SSEEnabled: true, SSEType: 'KMS' });
    resource.addPropertyOverride('Replicas.0.SSESpecification', { KMSMasterKeyId: key.keyArn });
  }
}

function stringAttribute(name: string): Attribute {
  return { name, type: AttributeType.STRING };
}

function qualified(action: ItemAction | 'DeleteItem'): string {
  return `dynamodb:${action}`;
}
