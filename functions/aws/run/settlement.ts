import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { addSeconds, daysBefore, utcDay, dayOfNumber } from '../../domain/day';
import { settleAfterSeconds } from '../../domain/timetable';
import { getRow, whenConditionHolds, type Database, type Row } from '../database';
import { beforeByDay, settledDays } from '../day-attributes';
import { runKey, runPartition, tenantKey } from '../keys';
import { usageHistoryStore } from '../tenant/usage-history';
import { putVoid, refundCount } from './admission';

/**
 * Days before today whose counts stay in the tenant's item. A request of yesterday may still be under way, and the day of
 * a tenant's counter may be ahead of this clock.
 */
export const currentDays = 2;

const settlementSchema = z.object({
  last_run_number: z.int(),
  settled_upto: z.int(),
  settle_upto: z.optional(z.int()),
  voided: z.optional(z.set(z.number())),
});

export interface Settled {
  readonly tenantId: string;
  /** Numbers that were counted but never became a run, refunded by this pass. */
  readonly refunded: number;
}

interface Numbers {
  /** Numbers that are runs. */
  readonly runs: ReadonlySet<number>;
  /** The last number that this page covers. */
  readonly upto: number;
}

export type SettlementStore = ReturnType<typeof settlementStore>;

/**
 * Refunds run numbers that were counted but never became a run. It works in two passes: the first records the last
 * number as a mark; the second, a minute later, checks all numbers up to the mark. Every step is a conditional write,
 * so passes may overlap or stop anywhere.
 */
export function settlementStore(db: Database) {
  const history = usageHistoryStore(db);
  const update = (tenantId: string, UpdateExpression: string, ConditionExpression: string, values: Row) =>
    whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...tenantKey(tenantId) },
          UpdateExpression,
          ConditionExpression,
          ExpressionAttributeValues: values,
        }),
      ),
    );

  /** What the numbers in (after, upto] are, as far as one page of the table reaches. */
  async function readNumbers(tenantId: string, after: number, upto: number): Promise<Numbers> {
    const { Items = [], LastEvaluatedKey } = await db.client.send(
      new QueryCommand({
        TableName: db.tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ProjectionExpression: 'sk, #void',
        ExpressionAttributeNames: { '#void': 'void' },
        ExpressionAttributeValues: {
          ':pk': runPartition(tenantId),
          ':from': runKey(tenantId, after + 1).sk,
          ':to': runKey(tenantId, upto).sk,
        },
      }),
    );
    return {
      runs: new Set(Items.flatMap((row) => (row['void'] === true ? [] : [Number(row['sk'])]))),
      upto: LastEvaluatedKey === undefined ? upto : Number(LastEvaluatedKey['sk']),
    };
  }

  async function refundMissing(tenantId: string, row: Row, after: number, { runs, upto }: Numbers): Promise<number> {
    let refunded = 0;
    const begun = beforeByDay(row);
    for (let number = after + 1; number <= upto; number += 1) {
      if (runs.has(number)) continue;
      const day = dayOfNumber(begun, number);
      // A trigger that died after it wrote the void row may not have refunded the number. A number cannot be refunded
      // twice.
      if (day === undefined || !(await putVoid(db, tenantId, number))) continue;
      if (await refundCount(db, tenantId, number, day)) refunded += 1;
    }
    return refunded;
  }

  return {
    /** @param mayGoOn called after each page of a large backlog; a later pass handles the rest */
    async settle(tenantId: string, now: Date, mayGoOn: () => boolean = () => true): Promise<Settled> {
      const row = await getRow(db, tenantKey(tenantId));
      if (row === undefined) return { tenantId, refunded: 0 };
      const { last_run_number: last, settled_upto: before, settle_upto: noted = 0 } = settlementSchema.parse(row);
      let settled = before;
      let refunded = 0;
      while (noted > settled) {
        const numbers = await readNumbers(tenantId, settled, noted);
        refunded += await refundMissing(tenantId, row, settled, numbers);
        await closeUpto(tenantId, settled, numbers.upto, now);
        settled = numbers.upto;
        if (noted > settled && !mayGoOn()) return { tenantId, refunded };
      }
      if (last > settled || !(await forget(tenantId, settled))) await note(tenantId, now);
      return { tenantId, refunded };
    },
  };

  async function closeUpto(tenantId: string, settled: number, upto: number, now: Date): Promise<void> {
    const row = (await getRow(db, tenantKey(tenantId))) ?? {};
    const done = [...(settlementSchema.parse(row).voided ?? [])].filter((number) => number <= upto);
    const past = settledDays(row, daysBefore(utcDay(now), currentDays), upto);
    const names = Object.keys(past);
    // Added to the history before they are removed here, so that every reader finds them in one of the two.
    if (names.length > 0) await history.add(tenantId, past, now);
    const remove = names.length > 0 ? ` REMOVE ${names.join(', ')}` : '';
    const forget = done.length > 0 ? ' DELETE voided :done' : '';
    // A day that was recounted meanwhile is moved by a later pass.
    const asMoved = names.map((name) => `${name} = :${name}`);
    await update(
      tenantId,
      `SET settled_upto = :upto${remove}${forget}`,
      ['settled_upto = :settled', ...asMoved].join(' AND '),
      {
        ':upto': upto,
        ':settled': settled,
        ...(done.length > 0 && { ':done': new Set(done) }),
        ...Object.fromEntries(names.map((name) => [`:${name}`, past[name]])),
      },
    );
  }

  /** Nothing was counted since then, so the tenant is no longer open. */
  function forget(tenantId: string, upto: number): Promise<boolean> {
    return update(
      tenantId,
      'REMOVE due_at, open_shard, settle_upto',
      'last_run_number = :upto AND settled_upto = :upto',
      { ':upto': upto },
    );
  }

  /** When this is due, each request that took a number up to the note has stored its run or never will. */
  async function note(tenantId: string, now: Date): Promise<void> {
    await update(tenantId, 'SET settle_upto = last_run_number, due_at = :due', 'attribute_exists(due_at)', {
      ':due': addSeconds(now, settleAfterSeconds).toISOString(),
    });
  }
}
