import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { tableShape } from '../../contract/table';
import { giveTurns, paceEndsAt, paceSchema, type Pace, type ReadyAttempt, type Turn } from '../../domain/delivery/pace';
import { getRow, setting, whenConditionHolds, type Database } from '../database';
import { paceKey } from '../keys';

export type PaceStore = ReturnType<typeof paceStore>;

/**
 * Writes of one call. Each write that is refused was overtaken by another sender's, which gave turns to up to ten
 * attempts. Up to fifty senders work at once, and hardly ever on one host.
 */
const maxTries = 10;

const keptSeconds = 86_400;

const storedPaceSchema = z.object({ pace: paceSchema, mark: z.string() });

/** Nobody waits, and the second of the last attempts is over. A row that TTL has deleted says the same. */
const isIdle = 'attribute_not_exists(pk) OR ends_at <= :second';
/** Nobody else has written since the row was read. */
const isAsSeen = 'mark = :seen';

/** The row of each host that a tenant sends to: who may send in this second, and whose turn is later. */
export function paceStore(db: Database) {
  return {
    /**
     * Gives each attempt its turn in one conditional write, which also reads if the host is busy.
     *
     * @param mark unique for this call: tells its own write, which the SDK may repeat, from another sender's
     * @returns undefined if other senders were faster each time
     */
    async take(
      tenantId: string,
      host: string,
      attempts: readonly ReadyAttempt[],
      { now, mark }: { readonly now: Date; readonly mark: string },
    ): Promise<readonly Turn[] | undefined> {
      const second = Math.floor(now.getTime() / 1000);
      // Most hosts are idle, so the row is read only if it turns out that this one is not.
      let seen: { readonly pace: Pace; readonly mark: string } | undefined;
      for (let tried = 0; tried < maxTries; tried += 1) {
        const { pace, turns } = giveTurns(seen?.pace, attempts, second);
        const ownMark = `${mark}-${tried}`;
        if (await write(tenantId, host, { pace, mark: ownMark }, { second, seen: seen?.mark })) return turns;
        seen = storedPaceSchema.safeParse(await getRow(db, paceKey(tenantId, host))).data;
        if (seen?.mark === ownMark) return turns;
      }
      return undefined;
    },
  };

  function write(
    tenantId: string,
    host: string,
    { pace, mark }: { readonly pace: Pace; readonly mark: string },
    { second, seen }: { readonly second: number; readonly seen: string | undefined },
  ): Promise<boolean> {
    const endsAt = paceEndsAt(pace);
    const update = setting({ pace, mark, ends_at: endsAt, [tableShape.ttl]: endsAt + keptSeconds });
    return whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...paceKey(tenantId, host) },
          ...update,
          ConditionExpression: seen === undefined ? isIdle : isAsSeen,
          ExpressionAttributeValues: {
            ...update.ExpressionAttributeValues,
            ...(seen === undefined ? { ':second': second } : { ':seen': seen }),
          },
        }),
      ),
    );
  }
}
