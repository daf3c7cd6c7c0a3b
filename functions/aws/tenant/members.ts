import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  memberSchema,
  mayActAs,
  type Account,
  type Binding,
  type Member,
  type Permission,
} from '../../domain/tenant/member';
import { checkItemSize, getRow, getRows, queryAll, whenConditionHolds, type Database } from '../database';
import { memberKey, memberPrefix, tenantKey, userKey, userPartition } from '../keys';

export type MemberStore = ReturnType<typeof memberStore>;

/** People by verified e-mail. A member's row is in the tenant; `USER#` rows only say which tenants to look in. */
export function memberStore(db: Database) {
  async function get(tenantId: string, email: string): Promise<Member | undefined> {
    const row = await getRow(db, memberKey(tenantId, email));
    return row && memberSchema.parse(row);
  }

  async function tenantIdsOf(email: string): Promise<string[]> {
    const rows = await queryAll(db, {
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': userPartition(email) },
    });
    return rows.map((row) => String(row['tenant_id']));
  }

  return {
    get,

    /** The memberships of one e-mail, sorted by tenant; with `tenantId`, at most the one there, in one request. */
    async find(email: string, tenantId?: string): Promise<Member[]> {
      if (tenantId !== undefined) return [await get(tenantId, email)].filter((member) => member !== undefined);
      const keys = (await tenantIdsOf(email)).map((id) => memberKey(id, email));
      const rows = await getRows(db, keys);
      return rows.flatMap((row) => (row === undefined ? [] : [memberSchema.parse(row)]));
    },

    async list(tenantId: string): Promise<Member[]> {
      const rows = await queryAll(db, {
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': tenantKey(tenantId).pk, ':prefix': memberPrefix },
      });
      return rows.map((row) => memberSchema.parse(row));
    },

    /** False when the tenant has this member already. */
    async add(member: Member): Promise<boolean> {
      const { tenant_id, email } = member;
      // First: without it a member could sign in only by naming the tenant, while alone it leads nowhere.
      await db.client.send(
        new PutCommand({ TableName: db.tableName, Item: { ...userKey(email, tenant_id), tenant_id } }),
      );
      return whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: checkItemSize({ ...memberKey(tenant_id, email), ...member }),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
    },

    /** False when there is no such member. */
    setPermissions(tenantId: string, email: string, permissions: readonly Permission[]): Promise<boolean> {
      return whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...memberKey(tenantId, email) },
            UpdateExpression: 'SET #permissions = :permissions',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeNames: { '#permissions': 'permissions' },
            ExpressionAttributeValues: { ':permissions': permissions },
          }),
        ),
      );
    },

    /** Makes `account` the member's for good. `taken`: there is no such member, or another account was faster. */
    async bind(tenantId: string, email: string, account: Account): Promise<Binding> {
      const bound = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...memberKey(tenantId, email) },
            UpdateExpression: 'SET #account = :account',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#account)',
            ExpressionAttributeNames: { '#account': 'account' },
            ExpressionAttributeValues: { ':account': account },
          }),
        ),
      );
      if (bound) return 'bound';
      // A browser's first requests come several at once, and the SDK may repeat one.
      const member = await get(tenantId, email);
      return member?.account !== undefined && mayActAs(member, account) ? 'was_bound' : 'taken';
    },

    /** False when there is no such member. Added again, the member is bound anew. */
    async remove(tenantId: string, email: string): Promise<boolean> {
      const removed = await whenConditionHolds(() =>
        db.client.send(
          new DeleteCommand({
            TableName: db.tableName,
            Key: { ...memberKey(tenantId, email) },
            ConditionExpression: 'attribute_exists(pk)',
          }),
        ),
      );
      await db.client.send(new DeleteCommand({ TableName: db.tableName, Key: { ...userKey(email, tenantId) } }));
      return removed;
    },
  };
}
