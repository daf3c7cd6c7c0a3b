import { usedByDay } from '../../functions/aws/day-attributes';
import type { Row } from '../../functions/aws/database';
import type { TrailEntry } from '../../functions/domain/run';
import { deliveryIdOf, stepEventId } from '../../functions/domain/webhook-ids';
import type { Flow } from './flow';
import { endpointId, neighbourId, oneEndpoint, tenantId } from './ground';
import type { Arrival } from './receiver';
import type { World } from './world';

/** What must hold over the whole table whatever went wrong, once everything is quiet. @returns what does not, as sentences */
export function violations(world: World, rows: readonly Row[], flow: Flow, neighbour: readonly Row[]): string[] {
  const numbers = inPartition(rows, `T#${tenantId}#RUN`);
  const runs = numbers.filter((row) => row['void'] !== true);
  return [
    ...acceptedAreCounted(rows, numbers, runs),
    ...callersWereToldTheTruth(world, flow, runs),
    ...runs.flatMap((run) => ended(run, flow)),
    ...runs.flatMap((run) => performedOnce(run, flow)),
    ...deliveredOnce(world, rows, runs, flow),
    ...neighbourUntouched(world, rows, neighbour, flow),
    ...audited(rows, runs, flow),
    ...nothingLeftOver(world, rows),
  ];
}

/** Accepted = counted = rows. */
function acceptedAreCounted(rows: readonly Row[], numbers: readonly Row[], runs: readonly Row[]): string[] {
  const tenant = inPartition(rows, `T#${tenantId}`).find(({ sk }) => sk === 'TENANT') ?? {};
  const counted = Object.values(usedByDay(tenant)).reduce((sum, used) => sum + used, 0);
  return [
    ...unless(counted === runs.length, `counted ${counted}, but there are ${runs.length} runs`),
    ...unless(
      tenant['last_run_number'] === numbers.length,
      `${String(tenant['last_run_number'])} numbers were taken, ${numbers.length} are accounted for`,
    ),
  ];
}

/** Who was told 202 has a run; who was refused has none; who heard nothing may. Runs of before the flow are known by `runs`. */
function callersWereToldTheTruth({ answers }: World, flow: Flow, runs: readonly Row[]): string[] {
  const starts = answers.filter(({ request }) => /^POST .*\/(runs|rerun)$/.test(request));
  const accepted = starts.flatMap(({ answer }) => (answer?.status === 202 ? [Number(answer.body.id)] : []));
  const before = flow.arrange === undefined ? 0 : 1;
  const least = flow.runs ?? before + new Set(accepted).size;
  const most = flow.runs ?? least + starts.filter(({ answer }) => answer === undefined).length;
  const ids = new Set(runs.map(({ id }) => id));
  return [
    ...accepted.flatMap((id) => unless(ids.has(id), `run ${id} was answered with 202 and is not there`)),
    ...unless(
      runs.length >= least && runs.length <= most,
      `${runs.length} runs; callers know of ${least}, and of at most ${most - least} more they heard nothing`,
    ),
  ];
}

function ended(run: Row, { ends }: Flow): string[] {
  return unless(
    (ends[Number(run['id']) - 1] ?? ends.at(-1)) === run['status'],
    `run ${String(run['id'])} is ${String(run['status'])} (${JSON.stringify(run['error'])})`,
  );
}

/** No step twice in the trail, none out of turn, none missing before the cursor. */
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

/** Each expected delivery exists once and arrived at least once with one id and one body; no other one exists. */
function deliveredOnce(world: World, rows: readonly Row[], runs: readonly Row[], flow: Flow): string[] {
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
  // A cancelled run's last steps may be known by their deliveries alone.
  const allowed = new Set(
    flow.cancels
      ? runs.flatMap((run) => flow.recipe.steps.flatMap((_, step) => subscribed.map((name) => idOf(run, step, name))))
      : due,
  );
  const arrived = new Map<string, Arrival[]>();
  for (const arrival of world.arrivals)
    arrived.set(arrival.webhookId, [...(arrived.get(arrival.webhookId) ?? []), arrival]);
  const endpointOf = (row: Row) => endpoints.find((name) => endpointId(name) === row['endpoint_id']) ?? '';
  const isSystem = (row: Row) => flow.systemEvents?.[endpointOf(row)] === row['event'];
  return [
    ...due.flatMap((id) => unless(stored.has(id), `delivery ${id} does not exist`)),
    ...[...stored].flatMap(([id, row]) => [
      ...unless(allowed.has(id) || isSystem(row), `delivery ${id} is nobody's`),
      ...unless(
        row['status'] === (flow.deliveries?.[endpointOf(row)] ?? 'delivered'),
        `delivery ${id} is ${String(row['status'])}`,
      ),
      ...unless(arrived.has(id), `delivery ${id} never arrived`),
    ]),
    ...Object.entries(flow.systemEvents ?? {}).flatMap(([endpoint, event]) => {
      const found = [...stored.values()].filter((row) => row['event'] === event && endpointOf(row) === endpoint);
      return unless(found.length === 1, `${event} has ${found.length} deliveries to ${endpoint}`);
    }),
    ...[...arrived].flatMap(([id, arrivals]) => [
      ...unless(stored.has(id), `${id} arrived and is not in the table`),
      ...unless(new Set(arrivals.map(({ body }) => body)).size === 1, `${id} arrived with different bodies`),
    ]),
  ];
}

/** Every change has its row of who and when, once. */
function audited(rows: readonly Row[], runs: readonly Row[], { systemEvents = {} }: Flow): string[] {
  const entries = inPartition(rows, `T#${tenantId}`).filter(({ sk }) => String(sk).startsWith('AUDIT#'));
  const noted = (action: string, target: string) =>
    entries.filter((entry) => entry['action'] === action && entry['target'] === target).length;
  const once = (count: number, what: string) => unless(count === 1, `${what} has ${count} audit rows`);
  return [
    ...runs
      .filter(({ status }) => status === 'cancelled')
      .flatMap(({ id }) => once(noted('run.cancelled', `run ${String(id)}`), `the cancellation of run ${String(id)}`)),
    ...(Object.values(systemEvents).includes('endpoint.disabled')
      ? once(noted('endpoint.disabled', endpointId('hook')), 'the disabling')
      : []),
  ];
}

function idOf(run: Row, step: number, endpoint: string): string {
  return deliveryIdOf(stepEventId(String(run['uid']), step), endpointId(endpoint));
}

/** No row of another tenant was touched, and none of an unknown one came to be. */
function neighbourUntouched(
  { arrivals }: World,
  rows: readonly Row[],
  neighbour: readonly Row[],
  flow: Flow,
): string[] {
  const paths = Object.keys(flow.endpoints ?? oneEndpoint).map((name) => `/${name}`);
  const is = (row: Row, tenant: string) =>
    String(row['pk']) === `T#${tenant}` || String(row['pk']).startsWith(`T#${tenant}#`) || row['tenant_id'] === tenant;
  const text = (some: readonly Row[]) =>
    some
      .map((row) => canonical(row))
      .sort()
      .join('\n');
  const strangers = rows.filter((row) => !is(row, tenantId) && !is(row, neighbourId));
  return [
    ...unless(text(rows.filter((row) => is(row, neighbourId))) === text(neighbour), 'a row of the neighbour changed'),
    ...strangers.map(({ pk, sk }) => `a row of nobody: ${String(pk)} ${String(sk)}`),
    ...arrivals.filter(({ path }) => !paths.includes(path)).map(({ path }) => `a webhook went to ${path}`),
  ];
}

function nothingLeftOver({ queue }: World, rows: readonly Row[]): string[] {
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
