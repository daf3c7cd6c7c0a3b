import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import {
  memberSchema,
  mayActAs,
  type Account,
  type Binding,
  type Member,
  type Permission,
} from '../../domain/tenant/member';
import { checkItemSize, getRow, getRows, queryAll, whenConditionHolds, type Database } from '../database';
import { memberKey, memberPrefix, tenantKey, userKey, userPartition, type Key } from '../keys';

/**
 * People by verified e-mail. A member's row is in the tenant; a `USER#` row points to it and only says which tenants to
 * look in. Without it the member could sign in only by naming the tenant, while alone it leads nowhere; so it is put
 * first and deleted last, and `adding`, the same random value on both, keeps a removal from deleting the pointer of an
 * adding beside it: in any order of their requests, and whoever dies between two of them, a member has a pointer. Rows
 * of earlier releases have no `adding`.
 */
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

  /** Deletes a row unless it is gone or another adding has put it since. */
  async function deleteOf(adding: unknown, key: Key): Promise<void> {
    await whenConditionHolds(() =>
      db.client.send(
        new DeleteCommand({
          TableName: db.tableName,
          Key: { ...key },
          ...(adding === undefined
            ? { ConditionExpression: 'attribute_not_exists(adding)' }
            : { ConditionExpression: 'adding = :adding', ExpressionAttributeValues: { ':adding': adding } }),
        }),
      ),
    );
  }

  return {
    get,

    /**
     * The memberships of an e-mail address, sorted by tenant. With `tenantId` it is at most the one there, in one
     * request.
     */
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

    /** False if the tenant already has this member. */
    async add(member: Member): Promise<boolean> {
      const { tenant_id, email } = member;
      const key = memberKey(tenant_id, email);
      if ((await getRow(db, key)) !== undefined) return false;
      const adding = randomUUID();
      await db.client.send(
        new PutCommand({ TableName: db.tableName, Item: { ...userKey(email, tenant_id), tenant_id, adding } }),
      );
      const added = await whenConditionHolds(() =>
        db.client.send(
          new PutCommand({
            TableName: db.tableName,
            Item: checkItemSize({ ...key, ...member, adding }),
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
      // A repetition of the SDK is refused by its own first success.
      return added || (await getRow(db, key))?.['adding'] === adding;
    },

    /** False if there is no such member. */
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

    /**
     * Binds `account` to the member permanently. `taken`: there is no such member, or another account was bound first.
     * `binding`, a random value of this call, tells a repetition by the SDK from a concurrent request: only the call that
     * bound the account writes the audit row.
     */
    async bind(tenantId: string, email: string, account: Account): Promise<Binding> {
      const bound = await whenConditionHolds(() =>
        db.client.send(
          new UpdateCommand({
            TableName: db.tableName,
            Key: { ...memberKey(tenantId, email) },
            UpdateExpression: 'SET #account = :account, binding = :binding',
            ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(#account) OR binding = :binding)',
            ExpressionAttributeNames: { '#account': 'account' },
            ExpressionAttributeValues: { ':account': account, ':binding': randomUUID() },
          }),
        ),
      );
      if (bound) return 'bound';
      // A browser sends several first requests at once.
      const member = await get(tenantId, email);
      return member?.account !== undefined && mayActAs(member, account) ? 'was_bound' : 'taken';
    },

    /** False if there is no such member. If the member is added again, an account is bound anew. */
    async remove(tenantId: string, email: string): Promise<boolean> {
      const row = await getRow(db, memberKey(tenantId, email));
      if (row === undefined) return false;
      await deleteOf(row['adding'], memberKey(tenantId, email));
      // If this delete fails, the member is removed all the same, and the pointer left behind leads nowhere. An error would
      // hide a change that was made, and keep it out of the audit.
      await deleteOf(row['adding'], userKey(email, tenantId)).catch(() => undefined);
      return true;
    },
  };
}
