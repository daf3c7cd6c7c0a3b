import { summariseRecipe } from '../../../functions/domain/workflow/recipe-summary';
import { seedRows, tenantId, token } from '../../../test/faults/fixture';
import { startEngine } from '../../../test/faults/simulation/engine';
import type { Receiver } from '../../../test/faults/simulation/receiver';
import { invoke } from '../../../test/faults/simulation/recorder';
import { emptyState, newSimulation, runUntilIdle } from '../../../test/faults/simulation/simulation';
import { anEvent } from '../../../test/support/http-calls';
import type { Operations } from '../operations';
import { asBusyTenant } from './busy-tenant';
import { newMeter, type Billed } from './meter';
import { countOperations } from './operations';
import { recipes, type Scenario } from './recipes';

export interface CountedRun {
  readonly scenario: Scenario;
  readonly operations: Operations;
  /** All billed requests in the order in which they were sent. */
  readonly bill: readonly Billed[];
  readonly attempts: number;
  /** Number of states entered by all executions, on either state machine. */
  readonly statesEntered: number;
}

/**
 * Simulates one run of a busy tenant with all functions, from the HTTP request to the last attempt of the last webhook,
 * and counts what AWS would bill. The function that receives the request is warm, has cached the token, and holds a lease
 * of requests: a tenant that sends more than one request a minute takes a lease once for many of them.
 */
export async function countRun(receiver: Receiver, scenario: Scenario): Promise<CountedRun> {
  const meter = newMeter(startEngine());
  const recipe = recipes[scenario.recipe];
  const fixture = { engine: meter.engine, receiver };
  const names = Array.from({ length: scenario.endpoints }, (_, index) => [`hook${index}`, ['*']] as const);
  const seeds = { recipe, endpoints: Object.fromEntries(names) };
  const rows = (await seedRows(fixture, tenantId, seeds)).flatMap(asBusyTenant);
  const simulation = await newSimulation(
    fixture,
    { respond: () => (scenario.failing ? 500 : 200) },
    { ...emptyState, rows },
  );
  const rest = simulation.product.warmRest();
  const request = (method: string, path: string) =>
    invoke(simulation, 'rest-api', () => rest(anEvent(method, path, { token })));

  for (let sent = 0; sent < 40; sent += 1) await request('GET', '/api/v1/me');
  meter.reset();
  const reply = await request('POST', '/api/v1/workflows/1/runs');
  if (reply.statusCode !== 202) throw new Error(`The trigger got the status ${reply.statusCode}: ${reply.body}`);
  await runUntilIdle(simulation);

  const { executions } = simulation.stepFunctions;
  if (executions.some(({ status }) => status !== 'SUCCEEDED')) throw new Error('The run must need no recovery');
  const bill = meter.bill.filter((billed) => !isHousekeeping(billed));
  const counted = {
    bill,
    invocations: meter.invocations(),
    executions,
    arrivals: simulation.arrivals,
    logged: simulation.logged,
  };
  return {
    scenario,
    operations: countOperations(counted, reply, summariseRecipe(recipe).totalDelaySeconds),
    bill,
    attempts: simulation.arrivals.length,
    statesEntered: executions.reduce((states, { transitions }) => states + transitions, 0),
  };
}

/** True for the requests that recovery makes each minute for all runs together: index queries and settlement. */
function isHousekeeping({ of, call }: Billed): boolean {
  return of === 'recover-runs' && /^Query|tenant$/.test(call);
}
