import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { deliverySchema } from '../../domain/delivery/delivery';
import { webhookEventSchema, type WebhookEvent } from '../../domain/delivery/event';
import { eventIdOf, ulidOf } from '../../domain/delivery/ids';
import { isPlainObject } from '../../domain/json';
import type { Ledger } from '../../domain/reconcile/counts';
import type { Read, ReconcileReads } from '../../domain/reconcile/tenant';
import type { DeliveryToReconcile } from '../../domain/reconcile/webhooks';
import type { StoredRun } from '../../domain/run/stored-run';
import { ulidTime } from '../../domain/ulid';
import { getRow, getRows, queryAll, type Database, type Projection, type Row } from '../database';
import { beforeByDay, usedByDay } from '../day-attributes';
import {
  deliveriesParent,
  deliveryPartition,
  deliveryPrefix,
  eventKey,
  eventPrefix,
  runKey,
  runPartition,
  runsParent,
  tenantKey,
  versionKey,
} from '../keys';
import { readStoredRun } from '../run/runs';
import { withTrails } from '../run/trails';
import { usageHistoryStore } from '../tenant/usage-history';
import { recipeIn } from '../workflow/versions';
import { reconcileChanges } from './changes';

const ledgerSchema = z.object({
  last_run_number: z.int(),
  settled_upto: z.int(),
  voided: z.optional(z.set(z.number())),
  due_at: z.optional(z.string()),
});

const deliveryToReconcileSchema = z.extend(
  z.pick(deliverySchema, { id: true, run_id: true, run_uid: true, endpoint_id: true, status: true }),
  { due_at: z.optional(z.string()) },
);

/** BatchGetItem accepts at most 100 keys. */
const pageSize = 100;
/** The number of recipe versions that are cached while the runs of a tenant are read. */
const keptRecipes = 200;

/** Reads all rows of a tenant, page by page, to compare them. Reads are consistent and need no scan. */
export function reconcileReads(db: Database): ReconcileReads {
  const recipes = new Map<string, readonly unknown[] | undefined>();

  async function* pages(partition: string, from: string, to: string, attributes?: Projection): AsyncIterable<Row[]> {
    let start: Row | undefined;
    do {
      const page = await db.client.send(
        new QueryCommand({
          TableName: db.tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
          Limit: pageSize,
          ...attributes,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      yield page.Items ?? [];
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
  }

  return {
    async ledger(tenantId) {
      const row = await getRow(db, tenantKey(tenantId));
      // Read second: a day that is moved in between is then in both.
      return row && readLedger({ ...(await usageHistoryStore(db).read(tenantId)), ...row });
    },

    async *numbers(tenantId, after, upto) {
      if (upto <= after) return;
      for await (const rows of pages(
        runPartition(tenantId),
        runKey(tenantId, after + 1).sk,
        runKey(tenantId, upto).sk,
      )) {
        const whole = await withTrails(db, tenantId, rows);
        yield rows.map(({ sk }, index) => ({ number: Number(sk), run: readNumber(tenantId, whole[index] ?? {}) }));
      }
    },

    async stepTypes(tenantId, workflowId, version) {
      const { pk, sk } = versionKey(tenantId, workflowId, version);
      const name = pk + sk;
      if (!recipes.has(name)) {
        if (recipes.size >= keptRecipes) recipes.clear();
        recipes.set(name, stepTypesOf(recipeIn(await getRow(db, { pk, sk }))));
      }
      return recipes.get(name);
    },

    async webhooksOf(tenantId, uid) {
      const [events, deliveries] = await Promise.all(
        [eventPrefix, deliveryPrefix].map((prefix) => queryAll(db, ofRun(tenantId, prefix + ulidOf(uid)))),
      );
      return {
        events: (events ?? []).flatMap((row) => readEvent(row) ?? []),
        deliveries: new Set(deliveries?.map(({ id }) => String(id))),
      };
    },

    async *deliveries(tenantId, since) {
      const partition = deliveryPartition(tenantId);
      const from = deliveryPrefix + ulidTime(since.getTime());
      for await (const rows of pages(partition, from, `${deliveryPrefix}~`, deliveryAttributes)) {
        const read = rows.map((row) => ({ id: String(row['id']), delivery: readDelivery(tenantId, row), row }));
        const events = await byKey(db, read, ({ id }) => eventKey(tenantId, eventIdOf(id)));
        const found = await byKey(db, read, ({ row }) =>
          typeof row['run_id'] === 'number' ? runKey(tenantId, row['run_id']) : undefined,
        );
        const runs = await withTrails(db, tenantId, found);
        yield read.map(({ id, delivery }, index) => {
          const run = runs[index] === undefined ? 'unreadable' : readNumber(tenantId, runs[index]);
          return {
            id,
            delivery,
            event: readEvent(events[index]),
            run: typeof run === 'string' ? undefined : run.row,
          };
        });
      }
    },

    ...reconcileChanges(db, pages),
  };
}

/** Attempts are not read: they are most of a delivery and are not compared. */
const deliveryAttributes: Projection = {
  ProjectionExpression: '#id, run_id, run_uid, endpoint_id, #status, due_at, parent',
  ExpressionAttributeNames: { '#id': 'id', '#status': 'status' },
};

function readLedger(row: Row): Ledger {
  const { last_run_number, settled_upto, voided, due_at } = ledgerSchema.parse(row);
  return {
    lastRunNumber: last_run_number,
    settledUpto: settled_upto,
    voided: voided ?? new Set(),
    usedByDay: usedByDay(row),
    beforeByDay: beforeByDay(row),
    dueAt: due_at,
  };
}

function readNumber(tenantId: string, row: Row): Read<StoredRun> | 'void' {
  try {
    const run = readStoredRun(row);
    if (run === undefined) return 'void';
    return { row: run, listedElsewhere: row['parent'] !== runsParent(tenantId, run.workflow_id) };
  } catch {
    return 'unreadable';
  }
}

function readDelivery(tenantId: string, row: Row): Read<DeliveryToReconcile> {
  const { success, data } = deliveryToReconcileSchema.safeParse(row);
  if (!success) return 'unreadable';
  return { row: data, listedElsewhere: row['parent'] !== deliveriesParent(tenantId, data.endpoint_id) };
}

function readEvent(row: Row | undefined): WebhookEvent | undefined {
  const { success, data } = webhookEventSchema.safeParse(row);
  return success ? data : undefined;
}

function stepTypesOf(recipe: unknown): readonly unknown[] | undefined {
  if (!isPlainObject(recipe) || !Array.isArray(recipe['steps'])) return undefined;
  return recipe['steps'].map((step: unknown) => (isPlainObject(step) ? step['type'] : undefined));
}

/** Reads all rows of a run under the prefix `start`: the ids of its events and deliveries begin with its ULID. */
function ofRun(tenantId: string, start: string) {
  return {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :start)',
    ExpressionAttributeValues: { ':pk': deliveryPartition(tenantId), ':start': start },
  };
}

/** Reads the row that each item points to. A row is read once, even if several items point to it. */
async function byKey<Item>(
  db: Database,
  items: readonly Item[],
  keyOf: (item: Item) => { pk: string; sk: string } | undefined,
): Promise<(Row | undefined)[]> {
  const keys = new Map(items.flatMap((item) => keyOf(item) ?? []).map((key) => [key.pk + key.sk, key]));
  const rows = await getRows(db, [...keys.values()]);
  const found = new Map([...keys.keys()].map((name, index) => [name, rows[index]]));
  return items.map((item) => {
    const key = keyOf(item);
    return key && found.get(key.pk + key.sk);
  });
}
