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
 * What functions may do with items. Some actions are absent on purpose: Scan, transactions, PartiQL, and
 * BatchWriteItem, which overwrites without a condition and can delete.
 */
type ItemAction = 'GetItem' | 'BatchGetItem' | 'Query' | 'PutItem' | 'UpdateItem';

type IndexName = (typeof tableShape)['openIndex' | 'parentIndex']['name'];

export interface DataProps {
  readonly stage: Stage;
  /** Default: a key owned by AWS, free of charge. */
  readonly customerKey?: CustomerKey | undefined;
}

/** All stored data of the product: one table with two keys-only indexes. */
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

  /** Grants actions on the table itself, not on its indexes. */
  grantItems(grantee: IGrantable, ...actions: readonly ItemAction[]): void {
    Grant.addToPrincipal({ grantee, actions: actions.map(qualified), resourceArns: [this.table.tableArn] });
    this.#customerKey?.grantThroughDynamoDb(grantee);
  }

  /**
   * Grants actions on all partitions but those of runs and their inputs. Runs are permanent, so nothing may be granted
   * `DeleteItem` on more than this. The condition lists the excluded partitions because the allowed ones share no
   * pattern: a tenant's endpoints live in `T#<tenant>`, and the key of every other partition of the tenant begins with
   * the same text.
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

  /** Grants deleting idempotency claims and nothing else. Each claim is a partition `T#<tenant>#KEY#<hash>`. */
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

function qualified(action: ItemAction | 'DeleteItem'): string {
  return `dynamodb:${action}`;
}
