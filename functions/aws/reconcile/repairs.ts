import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { randomUUID } from 'node:crypto';
import { newDelivery } from '../../domain/delivery/delivery';
import type { Repair } from '../../domain/reconcile/difference';
import { getRow, whenConditionHolds, type Database, type Row } from '../database';
import { usedAttribute } from '../day-attributes';
import { deliveryStore } from '../delivery/deliveries';
import { eventStore } from '../delivery/events';
import { deliveryKey, openShard, runKey, tenantKey, usageKey, type Key } from '../keys';
import { putVoid } from '../run/admission';
import { auditStore } from '../tenant/audit';

/** This very repair was not made yet. The SDK repeats a request whose response was lost. */
const isFirst = '(attribute_not_exists(repair_mark) OR repair_mark <> :mark)';

/** Repairs differences. Each repair is one conditional write; false when the difference is no longer there. */
export function reconcileRepairs(db: Database) {
  /** @param set further assignments, after the mark by which this call knows its own write again */
  async function update(key: Key, set: string, condition: string, values: Row, names: object = {}): Promise<boolean> {
    const mark = randomUUID();
    const updated = await whenConditionHolds(() =>
      db.client.send(
        new UpdateCommand({
          TableName: db.tableName,
          Key: { ...key },
          UpdateExpression: `SET repair_mark = :mark${set}`,
          ConditionExpression: `${condition} AND ${isFirst}`,
          ExpressionAttributeValues: { ...values, ':mark': mark },
          ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: { ...names } }),
        }),
      ),
    );
    return updated || (await getRow(db, key))?.['repair_mark'] === mark;
  }

  /** Makes an open row that has no due time due now, so that recovery takes it up. */
  const makeDue = (key: Key, name: string, now: Date, condition: string, values: Row = {}, names: object = {}) =>
    update(
      key,
      ', due_at = :now, open_shard = :shard',
      `attribute_exists(pk) AND attribute_not_exists(due_at) AND ${condition}`,
      { ...values, ':now': now.toISOString(), ':shard': openShard(name) },
      names,
    );

  /** Adds to the count instead of setting it, because runs are counted meanwhile. */
  const recountIn = (key: Key, day: string, by: number) =>
    update(
      key,
      ', #used = #used + :by',
      '#used >= :least',
      { ':by': by, ':least': Math.max(0, -by) },
      { '#used': usedAttribute(day) },
    );
  const recount = async (tenantId: string, day: string, by: number) =>
    (await recountIn(tenantKey(tenantId), day, by)) || recountIn(usageKey(tenantId), day, by);

  async function putDelivery(tenantId: string, eventId: string, endpointId: string, now: Date): Promise<boolean> {
    const event = await eventStore(db).get(tenantId, eventId);
    const target = event?.targets.find(({ endpoint_id }) => endpoint_id === endpointId);
    if (event === undefined || target === undefined) return false;
    // It is due at once, so recovery queues its message.
    await deliveryStore(db).putIfAbsent(tenantId, newDelivery(event, target, 'event', now), now.toISOString());
    return true;
  }

  return {
    async repair(tenantId: string, repair: Repair, now: Date): Promise<boolean> {
      const status = { '#status': 'status' };
      switch (repair.act) {
        case 'recount':
          return recount(tenantId, repair.day, repair.by);
        case 'void_number':
          return putVoid(db, tenantId, repair.number);
        case 'look_at_tenant':
          return makeDue(tenantKey(tenantId), tenantId, now, 'last_run_number <> settled_upto');
        case 'look_at_run': {
          const open = { ':queued': 'queued', ':running': 'running' };
          return makeDue(
            runKey(tenantId, repair.runId),
            repair.uid,
            now,
            '#status IN (:queued, :running)',
            open,
            status,
          );
        }
        case 'look_at_delivery': {
          const pending = { ':pending': 'pending' };
          const key = deliveryKey(tenantId, repair.deliveryId);
          return makeDue(key, repair.deliveryId, now, '#status = :pending', pending, status);
        }
        case 'close_delivery':
          return update(
            deliveryKey(tenantId, repair.deliveryId),
            ' REMOVE due_at, open_shard',
            '#status <> :pending AND attribute_exists(due_at)',
            { ':pending': 'pending' },
            status,
          );
        case 'put_delivery':
          return putDelivery(tenantId, repair.eventId, repair.endpointId, now);
        case 'append_audit':
          await auditStore(db).append(tenantId, repair.row);
          return true;
      }
    },
  };
}
