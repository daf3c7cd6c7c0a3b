import { endpointStore } from '../../functions/aws/endpoint/endpoints';
import { reconcileReads } from '../../functions/aws/reconcile/reads';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { tokenStore } from '../../functions/aws/tenant/tokens';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { changeRecorder } from '../../functions/domain/tenant/record-change';
import { newToken } from '../../functions/domain/tenant/token';
import { logAuditMissing } from '../../functions/edge/log/audit-missing';
import { openLog } from '../../functions/edge/log/log';
import { reconcileAll } from '../../functions/reconcile-runs/reconcile-all';
import { allRows, startEngine } from '../faults/simulation/engine';
import { startReceiver } from '../faults/simulation/receiver';
import { after } from '../faults/simulation/schedule';
import { emptyState, newSimulation, type Simulation } from '../faults/simulation/simulation';
import { aLog, anEndpoint, aRecipe, aTenant, aToken, aWebhookStep, noon } from '../support/builders';
import { connectionBroken } from '../support/requests';

export type Line = Readonly<Record<string, any>>;

export const traceId = '0af7651916cd43dd8448eb211c80319c';
const unknownToken = newToken('pat');
/**
 * The tenant's things are older than what the nightly reconciliation checks: they are written to the table directly, so
 * they have no audit rows.
 */
const created_at = '2026-11-01T12:00:00.000Z';

interface Names {
  readonly stage: string;
  readonly tenantId: string;
  /** Event of the webhook steps. */
  readonly event: string;
}

/**
 * Collects the log of all functions while a tenant does everything once: runs that succeed, fail, are cancelled, start
 * late and are given up, requests that are refused, webhooks that fail, a change without its audit row, and a nightly
 * reconciliation. It runs the deployed code on the simulation, whose clock jumps.
 */
export async function logOfALocalRun({ stage, tenantId, event }: Names) {
  const raw: string[] = [];
  const log = openLog(stage, (line) => void raw.push(line));
  const receiver = await startReceiver();
  const token = newToken('pat');
  const secret = newSigningSecret();
  const engine = startEngine();
  const starts = { are: 'taken' as 'taken' | 'refused' | 'lost' };
  const auditRows = { are: 'kept' as 'kept' | 'lost' };
  const simulation: Simulation = await newSimulation(
    { engine, receiver },
    {
      log,
      respond: ({ path }, nth) => (path === '/gone' ? 410 : nth === 1 ? 500 : 200),
      mutate: ({ executions, audit }) => ({
        record: changeRecorder({
          audit: {
            append: (...row) => (auditRows.are === 'lost' ? Promise.reject(connectionBroken()) : audit.append(...row)),
          },
          onAuditMissing: logAuditMissing(log),
        }),
        executions: {
          ...executions,
          start: async (...run) => {
            if (starts.are === 'refused')
              throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
            if (starts.are === 'taken') await executions.start(...run);
          },
        },
      }),
    },
    emptyState,
  );
  const { database, schedule } = simulation;
  await tenantStore(database).create(aTenant({ id: tenantId, name: 'Acme' }));
  await tokenStore(database).put(tenantId, token, aToken({ tenant_id: tenantId, created_at }));
  const put = (recipe: unknown) =>
    workflowStore(database).create(
      tenantId,
      { name: 'Spring Promo', description: null, active: true, recipe },
      created_at,
    );
  const steps = [aLog('Kicking off {{input.secret}}'), { type: 'delay', seconds: 2 }, aWebhookStep({ event })];
  await put({ steps });
  await put({ steps: [...aRecipe().steps, { type: 'run_shell' }] });
  for (const [name, path] of [
    ['hook', '/hook'],
    ['gone', '/gone'],
  ]) {
    const id = `ep_${name!.padEnd(10, '0')}`;
    const endpoint = anEndpoint({ id, url: receiver.origin + path!, events: [event], created_at });
    await endpointStore(database).create(tenantId, endpoint, { secret, keyHash: undefined }, noon);
  }

  const pass = async (seconds: number) => {
    await schedule.advanceTo(after(schedule, seconds));
    await simulation.recover();
  };
  const post = (path: string, call: object = {}) =>
    simulation.rest('POST', `/api/v1${path}`, { token, body: { input: { secret: 'of-the-input' } }, ...call });
  const trigger = async (workflow: number, call: object = {}): Promise<{ id: number; uid: string }> =>
    (await post(`/workflows/${workflow}/runs`, call))!.body;

  const succeeding = await trigger(1, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
  const failing = await trigger(2);
  await post('/workflows/999/runs');
  await post('/workflows/999/runs');
  await post('/workflows/1/runs', { token: unknownToken });
  const cancelled = await trigger(1);
  await post(`/workflow-runs/${cancelled.id}/cancel`, { body: {} });
  await pass(60);
  starts.are = 'refused';
  const late = await trigger(1);
  await pass(91);
  starts.are = 'taken';
  await pass(121);
  await pass(60);
  starts.are = 'lost';
  const interrupted = await trigger(1);
  for (let restarts = 0; restarts <= 5; restarts += 1) await pass(331);
  const timedOut = await trigger(1);
  await pass(7 * 3600);
  auditRows.are = 'lost';
  await simulation.rest('PATCH', '/api/v1/workflows/1', { token, body: { active: false } });
  await reconcileAll({
    tenants: tenantStore(database),
    reads: reconcileReads(database),
    now: schedule.now,
    log,
  });
  await receiver.stop();

  return {
    raw,
    lines: raw.map((line): Line => JSON.parse(line)),
    hidden: [
      token,
      unknownToken,
      secret,
      secret.replace('whsec_', ''),
      'of-the-input',
      'spring-2026',
      'whsec_',
      'cwf_',
    ],
    runs: { succeeding, failing, cancelled, late, interrupted, timedOut },
    rows: await allRows(database),
  };
}
