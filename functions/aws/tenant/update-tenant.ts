import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { whenConditionHolds, type Database, type Row } from '../database';
import { tenantKey } from '../keys';

interface TenantUpdate {
  readonly expression: string;
  /** Default: the tenant exists. */
  readonly condition?: string;
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly values?: Row | undefined;
}

/** Updates settings on the item of a tenant. False if the condition does not hold. */
export function updateTenant(
  db: Database,
  tenantId: string,
  { expression, condition = 'attribute_exists(pk)', names, values }: TenantUpdate,
): Promise<boolean> {
  return whenConditionHolds(() =>
    db.client.send(
      new UpdateCommand({
        TableName: db.tableName,
        Key: { ...tenantKey(tenantId) },
        UpdateExpression: expression,
        ConditionExpression: condition,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      }),
    ),
  );
}
