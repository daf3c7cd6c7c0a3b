import { usedByDay } from '../../functions/aws/day-attributes';
import type { Row } from '../../functions/aws/database';
import { deliveryIdOf, stepEventId } from '../../functions/domain/delivery/ids';
import type { TrailEntry } from '../../functions/domain/run/run';
import { endpointId, neighbourId, oneEndpoint, tenantId } from './fixture';
import type { Flow } from './flow';
import type { Arrival } from './simulation/receiver';
import type { Simulation } from './simulation/simulation';

/**
 * Checks what must hold in the whole table once the simulation is idle, whatever the fault was.
 *
 * @returns a sentence for each violation
 */
export function violations(
  simulation: Simulation,
  rows: readonly Row[],
  flow: Flow,
  neighbour: readonly Row[],
): string[] {
  const numbers = inPartition(rows, `T#${tenantId}#RUN`);
  const runs = numbers.filter((row) => row['void'] !== true).map((row) => withWholeTrail(row, rows));
  return [
    ...acceptedAreCounted(rows, numbers, runs),
    ...responsesMatchRows(simulation, flow, runs),
    ...runs.flatMap((run) => endedAsExpected(run, flow)),
    ...runs.flatMap((run) => performedOnce(run, flow)),
    ...deliveredOnce(simulation, rows, runs, flow),
    ...neighbourUntouched(simulation, rows, neighbour, flow),
    ...audited(rows, runs, flow),
    ...nothingLeftOver(simulation, rows),
  ];
}

/** Entries that the row of a run has no room for are items of their own, which its trail refers to. */
function withWholeTrail(run: Row, rows: readonly Row[]): Row {
  const kept = inPartition(rows, `T#${tenantId}#INP`);
  const trail = (run['trail'] as Row[]).flatMap(
    (entry) => (kept.find(({ sk }) => sk === entry['kept'])?.['entries'] as Row[] | undefined) ?? [entry],
  );
  return { ...run, trail };
}

/** The tenant's counters equal the number of run rows, and every admitted number has a run or a void row. */
function acceptedAreCounted(rows: readonly Row[], numbers: readonly Row[], runs: readonly Row[]): string[] {
  const tenant = inPartition(rows, `T#${tenantId}`).find(({ sk }) => sk === 'TENANT') ?? {};
  const counted = Object.values(usedByDay(tenant)).reduce((sum, used) => sum + used, 0);
  return [
    ...unless(counted === runs.length, `counted ${counted}, but there are ${runs.length} runs`),
    ...unless(
      tenant['last_run_number'] === numbers.length,
      `${String(tenant['last_run_number'])} numbers were assigned, but ${numbers.length} have a row`,
    ),
  ];
}

/**
 * A request answered with 202 has a run, a refused one has none, and one without a response may have one. A flow that
 * starts runs before its faults and gives no `expectedRuns` has started exactly one.
 */
function responsesMatchRows({ responses }: Simulation, flow: Flow, runs: readonly Row[]): string[] {
  const starts = responses.filter(({ request }) => /^POST .*\/(runs|rerun)$/.test(request));
  const accepted = starts.flatMap(({ response }) => (response?.status === 202 ? [Number(response.body.id)] : []));
  const before = flow.arrange === undefined ? 0 : 1;
  const minimum = flow.expectedRuns ?? before + new Set(accepted).size;
  const maximum = flow.expectedRuns ?? minimum + starts.filter(({ response }) => response === undefined).length;
  const ids = new Set(runs.map(({ id }) => id));
  return [
    ...accepted.flatMap((id) => unless(ids.has(id), `run ${id} was accepted with 202 but does not exist`)),
    ...unless(
      runs.length >= minimum && runs.length <= maximum,
      `there are ${runs.length} runs, but callers know of ${minimum} and at most ${maximum - minimum} requests had no response`,
    ),
  ];
}

function endedAsExpected(run: Row, { expectedStatuses }: Flow): string[] {
  return unless(
    (expectedStatuses[Number(run['id']) - 1] ?? expectedStatuses.at(-1)) === run['status'],
    `run ${String(run['id'])} is ${String(run['status'])} (${JSON.stringify(run['error'])})`,
  );
}

/** The trail has every step before the cursor once and in order, and all steps if the run succeeded. */
function performedOnce(run: Row, { recipe }: Flow): string[] {
  const trail = run['trail'] as TrailEntry[];
  const performed = trail.map(({ type }) => type).join(' ');
  const expected = recipe.steps.slice(0, Number(run['cursor'])).map(({ type }) => type);
  const complete = run['status'] !== 'succeeded' || trail.length === recipe.steps.length;
  return unless(
    performed === expected.join(' ') && complete,
    `run ${String(run['id'])} is at ${String(run['cursor'])} with a trail of [${performed}]`,
  );
}

/**
 * Each expected delivery exists once and arrived at least once, always with the same id and body. No other one exists.
 */
function deliveredOnce(simulation: Simulation, rows: readonly Row[], runs: readonly Row[], flow: Flow): string[] {
  const endpoints = Object.keys(flow.endpoints ?? oneEndpoint);
  const subscribed = flow.subscribed ?? endpoints;
  const stored = new Map(
    inPartition(rows, `T#${tenantId}#DLV`)
      .filter(({ sk }) => String(sk).startsWith('DELIVERY#'))
      .map((row) => [String(row['id']), row]),
  );
  const due = runs.flatMap((run) =>
    (run['trail'] as TrailEntry[]).flatMap(({ type }, step) =>
      type === 'fire_webhook_event' ? subscribed.map((endpoint) => idOf(run, step, endpoint)) : [],
    ),
  );
  // The last steps of a cancelled run may have created deliveries that its trail does not show.
  const allowed = new Set(
    flow.cancels
      ? runs.flatMap((run) => flow.recipe.steps.flatMap((_, step) => subscribed.map((name) => idOf(run, step, name))))
      : due,
  );
  const arrived = new Map<string, Arrival[]>();
  for (const arrival of simulation.arrivals)
    arrived.set(arrival.webhookId, [...(arrived.get(arrival.webhookId) ?? []), arrival]);
  const endpointOf = (row: Row) => endpoints.find((name) => endpointId(name) === row['endpoint_id']) ?? '';
  const isSystem = (row: Row) => flow.systemEvents?.[endpointOf(row)] === row['event'];
  return [
    ...due.flatMap((id) => unless(stored.has(id), `delivery ${id} does not exist`)),
    ...[...stored].flatMap(([id, row]) => [
      ...unless(allowed.has(id) || isSystem(row), `delivery ${id} belongs to no step and no system event`),
      ...unless(
        row['status'] === (flow.expectedDeliveries?.[endpointOf(row)] ?? 'delivered'),
        `delivery ${id} is ${String(row['status'])}`,
      ),
      ...unless(arrived.has(id), `delivery ${id} never arrived`),
    ]),
    ...Object.entries(flow.systemEvents ?? {}).flatMap(([endpoint, event]) => {
      const found = [...stored.values()].filter((row) => row['event'] === event && endpointOf(row) === endpoint);
      return unless(found.length === 1, `${event} has ${found.length} deliveries to ${endpoint}`);
    }),
    ...[...arrived].flatMap(([id, arrivals]) => [
      ...unless(stored.has(id), `${id} arrived but is not in the table`),
      ...unless(new Set(arrivals.map(({ body }) => body)).size === 1, `${id} arrived with different bodies`),
    ]),
  ];
}

/** Every audited change has exactly one audit row. */
function audited(rows: readonly Row[], runs: readonly Row[], { systemEvents = {} }: Flow): string[] {
  const entries = inPartition(rows, `T#${tenantId}`).filter(({ sk }) => String(sk).startsWith('AUDIT#'));
  const auditRows = (action: string, target: string) =>
    entries.filter((entry) => entry['action'] === action && entry['target'] === target).length;
  const once = (count: number, what: string) => unless(count === 1, `${what} has ${count} audit rows`);
  return [
    ...runs
      .filter(({ status }) => status === 'cancelled')
      .flatMap(({ id }) =>
        once(auditRows('run.cancelled', `run ${String(id)}`), `the cancellation of run ${String(id)}`),
      ),
    ...(Object.values(systemEvents).includes('endpoint.disabled')
      ? once(auditRows('endpoint.disabled', endpointId('hook')), 'the disabling of the endpoint')
      : []),
  ];
}

function idOf(run: Row, step: number, endpoint: string): string {
  return deliveryIdOf(stepEventId(String(run['uid']), step), endpointId(endpoint));
}

/** No row of the other tenant changed, and there is no row of an unknown tenant. */
function neighbourUntouched(
  { arrivals }: Simulation,
  rows: readonly Row[],
  neighbour: readonly Row[],
  flow: Flow,
): string[] {
  const paths = Object.keys(flow.endpoints ?? oneEndpoint).map((name) => `/${name}`);
  const belongsTo = (row: Row, tenant: string) =>
    String(row['pk']) === `T#${tenant}` || String(row['pk']).startsWith(`T#${tenant}#`) || row['tenant_id'] === tenant;
  const text = (some: readonly Row[]) =>
    some
      .map((row) => canonical(row))
      .sort()
      .join('\n');
  const strangers = rows.filter((row) => !belongsTo(row, tenantId) && !belongsTo(row, neighbourId));
  return [
    ...unless(
      text(rows.filter((row) => belongsTo(row, neighbourId))) === text(neighbour),
      'a row of the other tenant changed',
    ),
    ...strangers.map(({ pk, sk }) => `a row belongs to no tenant: ${String(pk)} ${String(sk)}`),
    ...arrivals.filter(({ path }) => !paths.includes(path)).map(({ path }) => `a webhook went to ${path}`),
  ];
}

function nothingLeftOver({ queue }: Simulation, rows: readonly Row[]): string[] {
  return [
    ...unless(queue.deadLetters.length === 0, `${queue.deadLetters.length} dead letters`),
    ...rows
      .filter((row) => row['due_at'] !== undefined || row['open_shard'] !== undefined)
      .map(({ pk, sk }) => `${String(pk)} ${String(sk)} is still open`),
  ];
}

function inPartition(rows: readonly Row[], pk: string): Row[] {
  return rows.filter((row) => row['pk'] === pk);
}

function unless(holds: boolean, sentence: string): string[] {
  return holds ? [] : [sentence];
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part instanceof Set) return [...part].sort();
    if (part !== null && typeof part === 'object' && !Array.isArray(part))
      return Object.fromEntries(Object.entries(part).sort(([a], [b]) => a.localeCompare(b)));
    return part;
  });
}
