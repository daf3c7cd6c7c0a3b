import { limitStore } from '../../../functions/aws/tenant/limits';
import { maxWaitSeconds, pollMs } from '../../../functions/domain/run/wait-for-run';
import { countAll } from '../../cost/count/all';
import { judgeRun } from '../../cost/count/judge-run';
import { model } from '../../cost/model';
import { prices } from '../../cost/prices';
import { floods } from '../../cost/strangers';
import { functionTimeUsd, openRequestCounter, usdOf, type RequestCounter } from './count-request';
import { largestRun, manyWorkflows } from './stored-rows';

/** Everything that an attacker may cause, as one line of the bill. */
export const unitNames = [
  'refused before a read',
  'made-up token',
  'file at the edge',
  'list of few workflows',
  'list of 100 workflows',
  'read of the largest run',
  'read of a run that asks to wait',
  'held wait',
  'replay',
  'refused above the rate',
  'refused at a limit',
  'refused body',
  'version of 60 KB',
  'run of 50 log steps',
  'run of 490 deliveries',
  'run of 2,500 deliveries',
  'failing delivery',
] as const;
export type UnitName = (typeof unitNames)[number];

/** US$ of one of each. */
export type UnitCosts = Readonly<Record<UnitName, number>>;

/** Counts what each unit would cost on AWS, at the prices of `bench/cost/prices.ts`. */
export async function unitCosts(): Promise<UnitCosts> {
  return { ...strangersUnits(), ...(await requestUnits()), ...(await runUnits()) };
}

function strangersUnits() {
  const [, malformed, madeUp, , file] = floods().map(({ usd }) => usd);
  if (malformed === undefined || madeUp === undefined || file === undefined) throw new Error('A flood has no price');
  return { 'refused before a read': malformed, 'made-up token': madeUp, 'file at the edge': file };
}

async function requestUnits() {
  const counter = await openRequestCounter();
  try {
    return await countRequests(counter);
  } finally {
    await counter.rest.stop();
  }
}

async function countRequests({ rest, count }: RequestCounter) {
  const usd = async (times: number, ...[send]: [Parameters<typeof count>[1]]) => usdOf(await count(times, send));
  const recipe = { steps: Array.from({ length: 15 }, () => ({ type: 'log', message: 'x'.repeat(4_000) })) };
  const { id, token } = await rest.aTenant();
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    rest.callUnchecked(method, `/api/v1/${path}`, { token, headers, ...(body !== undefined && { body }) });
  await call('POST', 'workflows', { name: 'Abuse', recipe: { steps: recipe.steps.slice(0, 1) } });
  const keyed = () => call('POST', 'workflows/1/runs', {}, { 'idempotency-key': 'the-same' });
  await keyed();
  await limitStore(rest.table).set(id, 'waiting_requests', 0);

  const few = await usd(60, () => call('GET', 'workflows?limit=100'));
  const asksToWait = await usd(60, () => call('GET', 'workflow-runs/1?wait_seconds=20'));
  const replay = await usd(60, keyed);
  const refusedBody = await usd(20, () =>
    call('POST', 'workflows', { name: 'W', recipe: { steps: Array(85_000).fill({}) } }),
  );
  const version = await usd(20, (n) =>
    call('PUT', 'workflows/1', {
      name: 'Abuse',
      recipe: { steps: [...recipe.steps.slice(1), { type: 'log', message: `${n}` }] },
    }),
  );
  await limitStore(rest.table).set(id, 'recipe_versions_per_day', 1);
  const atLimit = await usd(20, (n) =>
    call('PUT', 'workflows/1', { name: `N${n}`, recipe: { steps: recipe.steps.slice(2) } }),
  );
  await limitStore(rest.table).set(id, 'requests_per_minute', 60);
  for (let sent = 0; sent < 60; sent += 1) await call('GET', 'me');
  const aboveRate = await usd(20, () => call('GET', 'me'));

  const [many, large] = [await manyWorkflows(rest), await largestRun(rest)];
  return {
    'list of few workflows': few,
    'list of 100 workflows': await usd(60, () =>
      rest.callUnchecked('GET', '/api/v1/workflows?limit=100', { token: many }),
    ),
    'read of the largest run': await usd(60, () =>
      rest.callUnchecked('GET', '/api/v1/workflow-runs/1', { token: large }),
    ),
    'read of a run that asks to wait': asksToWait,
    'held wait': asksToWait + heldUsd(),
    replay,
    'refused above the rate': aboveRate,
    'refused at a limit': atLimit,
    'refused body': refusedBody,
    'version of 60 KB': version,
  };
}

/** A held wait is billed until its time is over. It takes and gives back two places, and reads the run again and again. */
function heldUsd(): number {
  const polls = (maxWaitSeconds * 1000) / pollMs;
  return functionTimeUsd(maxWaitSeconds * 1000) + polls * prices.readUnit.usd + 4 * prices.writeUnit.usd;
}

async function runUnits() {
  const runs = (
    await countAll([
      { recipe: 'fifty', endpoints: 0 },
      { recipe: 'fifty', endpoints: 10 },
      { recipe: 'page', endpoints: 1, failing: true },
      { recipe: 'page', endpoints: 0 },
    ])
  ).map((run) => judgeRun(run).totalUsd / 1e6);
  const [logs = 0, hundred = 0, failing = 0, page = 0] = runs;
  const delivery = (hundred - logs) / 100;
  return {
    'run of 50 log steps': logs,
    'run of 490 deliveries': logs + 490 * delivery,
    'run of 2,500 deliveries': logs + 2_500 * delivery,
    'failing delivery': failing - page + prices.httpRequest.usd + functionTimeUsd(model.ownMs),
  };
}
