import type { Row } from '../../../functions/aws/database';
import { retrySchedule } from '../../../functions/domain/delivery/schedule';
import { deliveryIdOf, stepEventId } from '../../../functions/domain/delivery/ids';
import { kindOf, none, rowsOf, sameJson, unless, type Facts, type Promised } from './promise';
import { wholeTrail } from './trails';

/** What belongs to a delivery for good. */
const fixed = ['id', 'event', 'run_uid', 'step_index', 'endpoint_id', 'created_at'];

/** Each delivery ends, within its attempts; one that has ended stays so unless a person sends it again. */
export const deliveries: Promised = (facts) => ({
  onWrite: ({ key, before, after, by }) => {
    if (kindOf(key).kind !== 'delivery') return none;
    const name = `delivery ${key.sk.slice('DELIVERY#'.length)}`;
    if (after === undefined) return [`${name} was deleted`];
    return [
      ...(before === undefined ? none : judgeChange(name, before, after, by.functionName)),
      ...unless(
        after['status'] !== 'pending' || after['due_at'] !== undefined,
        () => `${name} is open, and recovery cannot find it`,
      ),
    ];
  },
  atTheEnd: () => [
    ...rowsOf(facts, 'delivery').flatMap(({ row }) => judgeEnd(facts, row)),
    ...rowsOf(facts, 'run').flatMap(({ tenantId, row }) => stepsAreDelivered(facts, tenantId, row)),
  ],
});

function judgeChange(name: string, before: Row, after: Row, by: string): readonly string[] {
  const hasEnded = before['status'] !== 'pending';
  const isReopened = hasEnded && after['status'] === 'pending';
  const attempts = Number(after['attempts_made']) - Number(before['attempts_made']);
  const changed = fixed.filter((name) => !sameJson(before[name], after[name]));
  return [
    ...unless(changed.length === 0, () => `${name} changed its ${changed.join(', ')}`),
    ...unless(
      !isReopened || (by === 'rest-api' && after['trigger'] === 'replay'),
      () => `${name} was ${String(before['status'])} and is open again`,
    ),
    ...unless(
      hasEnded || before['reopened_by'] === after['reopened_by'],
      () => `${name} was opened again although it was still pending`,
    ),
    ...unless(
      !hasEnded || isReopened || before['status'] === after['status'],
      () => `${name} went from ${String(before['status'])} to ${String(after['status'])}`,
    ),
    ...unless(
      attempts === 0 || attempts === 1,
      () => `${name} went from ${String(before['attempts_made'])} attempts to ${String(after['attempts_made'])}`,
    ),
    ...unless(
      after['trigger'] !== 'event' || Number(after['attempts_made']) <= retrySchedule.length + 1,
      () => `${name} was attempted ${String(after['attempts_made'])} times`,
    ),
  ];
}

function judgeEnd({ arrivals }: Facts, row: Row): readonly string[] {
  const arrived = arrivals.filter(({ webhookId }) => webhookId === row['id']);
  const accepted = arrived.filter(({ status }) => typeof status === 'number' && status >= 200 && status < 300);
  return [
    ...unless(row['status'] !== 'pending', () => `${String(row['id'])} never ended`),
    ...unless(
      row['status'] !== 'delivered' || accepted.length > 0,
      () => `${String(row['id'])} is delivered, but no receiver accepted it`,
    ),
    ...unless(
      new Set(arrived.map(({ body }) => body)).size <= 1,
      () => `${String(row['id'])} arrived with different bodies`,
    ),
  ];
}

/** A performed webhook step says how many endpoints it matched, and each of them has its delivery. */
function stepsAreDelivered(facts: Facts, tenantId: string, run: Row): readonly string[] {
  if (run['void'] === true) return none;
  return wholeTrail(facts.system.table.rows(), tenantId, run).flatMap(({ type, output }, step) => {
    if (type !== 'fire_webhook_event') return none;
    const event = facts.system.table.get(`T#${tenantId}#DLV`, `EVENT#${stepEventId(String(run['uid']), step)}`);
    const targets = (event?.['targets'] as { endpoint_id: string }[] | undefined) ?? [];
    const matched: unknown = (output as Row | undefined)?.['matched_endpoints'];
    const missing = targets.filter(({ endpoint_id: endpoint }) => {
      const id = deliveryIdOf(stepEventId(String(run['uid']), step), endpoint);
      return facts.system.table.get(`T#${tenantId}#DLV`, `DELIVERY#${id.slice('dlv_'.length)}`) === undefined;
    });
    return [
      ...unless(
        matched === targets.length,
        () =>
          `step ${step} of run ${String(run['id'])} matched ${String(matched)} endpoints, but its event has ${targets.length}`,
      ),
      ...unless(
        missing.length === 0,
        () =>
          `step ${step} of run ${String(run['id'])} has no delivery for ${missing.map((target) => target.endpoint_id).join(', ')}`,
      ),
    ];
  });
}
