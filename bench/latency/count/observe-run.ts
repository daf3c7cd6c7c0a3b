import type { Recipe } from '../../../functions/domain/workflow/recipe';
import type { LogFields } from '../../../functions/edge/log/log';
import { seedRows, tenantId, token } from '../../../test/faults/fixture';
import { startEngine } from '../../../test/faults/simulation/engine';
import type { Receiver } from '../../../test/faults/simulation/receiver';
import { invoke } from '../../../test/faults/simulation/recorder';
import { emptyState, newSimulation, runUntilIdle } from '../../../test/faults/simulation/simulation';
import { anEvent } from '../../../test/support/http-calls';
import { asBusyTenant } from '../../cost/count/busy-tenant';
import { recordCalls, type AwsCall } from './recorder';

/** What happened to one run, in waves of AWS calls. */
export interface ObservedRun {
  readonly calls: readonly AwsCall[];
  /** The waves that had begun when something happened. */
  readonly accepted: number;
  readonly steps: readonly number[];
  readonly webhook: number | undefined;
  /** The first and the last wave of a request for the run, after its end. */
  readonly read: { readonly from: number; readonly to: number };
}

/**
 * Lets a run of a busy tenant with one endpoint happen in virtual time, from the request to the webhook, and reads it when
 * it has ended. The REST API is warm and has cached the token, as most requests find it.
 */
export async function observeRun(receiver: Receiver, recipe: Recipe, headers = {}): Promise<ObservedRun> {
  const recorder = recordCalls(startEngine());
  const fixture = { engine: recorder.engine, receiver };
  const rows = (await seedRows(fixture, tenantId, { recipe })).flatMap(asBusyTenant);
  const steps: number[] = [];
  let webhook: number | undefined;
  const simulation = await newSimulation(
    fixture,
    {
      respond: () => {
        webhook ??= recorder.now();
        return 200;
      },
      log: (_level, { event }: LogFields) => {
        if (event === 'step_performed') steps.push(recorder.now());
      },
    },
    { ...emptyState, rows },
  );
  const rest = simulation.product.warmRest();
  const request = (method: string, path: string) =>
    invoke(simulation, 'rest-api', () => rest(anEvent(method, path, { token, headers })));

  /** Until the tenant holds a lease of requests, and the function has cached the token. */
  const warmUp = async () => {
    for (let sent = 0; sent < 40; sent += 1) await request('GET', '/api/v1/me');
  };

  await warmUp();
  recorder.calls.length = 0;
  const reply = await request('POST', '/api/v1/workflows/1/runs');
  if (reply.statusCode !== 202) throw new Error(`The trigger got the status ${reply.statusCode}: ${reply.body}`);
  const accepted = recorder.now();
  await runUntilIdle(simulation);
  await warmUp();
  const from = recorder.now() + 1;
  await request('GET', String(reply.headers?.['location']));
  return { calls: recorder.calls, accepted, steps, webhook, read: { from, to: recorder.now() } };
}
