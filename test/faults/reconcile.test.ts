import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Database, Row } from '../../functions/aws/database';
import { auditKey, deliveryKey, eventKey, runKey, tenantKey, type Key } from '../../functions/aws/keys';
import { reconcileReads } from '../../functions/aws/reconcile/reads';
import { reconcileRepairs } from '../../functions/aws/reconcile/repairs';
import { deliveryIdOf, stepEventId } from '../../functions/domain/delivery/ids';
import type { Difference } from '../../functions/domain/reconcile/difference';
import { reconcileTenant } from '../../functions/domain/reconcile/tenant';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../support/builders';
import { overwrite } from '../support/table';
import { endpointId, seedRows, startFixture, tenantId, type Fixture } from './fixture';
import { cancel, rerun, trigger } from './operations';
import { allRows } from './simulation/engine';
import { after } from './simulation/schedule';
import { emptyState, newSimulation, runUntilIdle, type Simulation } from './simulation/simulation';

let fixture: Fixture;
let history: readonly Row[];
let later: Date;

/** Run 1 succeeded, run 2 is a rerun of it, run 3 was cancelled during its delay, and number 4 was refunded. */
beforeAll(async () => {
  fixture = await startFixture();
  const recipe = aRecipe({ steps: [aWebhookStep(), aDelay(20), aLog()] });
  const rows = [...(await seedRows(fixture, tenantId, { recipe })), ...fixture.neighbour];
  const simulation = await newSimulation(fixture, {}, { ...emptyState, rows });
  await trigger(simulation);
  await runUntilIdle(simulation);
  await rerun(simulation, 'key-1');
  await trigger(simulation);
  await simulation.schedule.advanceTo(after(simulation.schedule, 5));
  await cancel(simulation, 3);
  simulation.recorder.injectFault(
    (functionName, call) => functionName === 'rest-api' && call === 'Put run',
    'process_stops',
  );
  await trigger(simulation);
  history = await runUntilIdle(simulation);
  later = after(simulation.schedule, 3600);
});
afterAll(() => fixture.stop());

const run = (id: number) => runKey(tenantId, id);
const rowOf = ({ pk, sk }: Key) => history.find((row) => row['pk'] === pk && row['sk'] === sk)!;
const uidOf = (id: number) => String(rowOf(run(id))['uid']);
const eventOf = (id: number) => stepEventId(uidOf(id), 0);
const deliveryOf = (id: number) => deliveryIdOf(eventOf(id), endpointId('hook'));

/** Starts an hour after that history. */
const restoredSimulation = (): Promise<Simulation> =>
  newSimulation(fixture, {}, { ...emptyState, at: later, rows: history, uids: 10 });

async function reconcile({ database, schedule }: Simulation, options: { fix?: true } = {}): Promise<Difference[]> {
  const found: Difference[] = [];
  const window = { since: '2026-11-22', now: schedule.now() };
  await reconcileTenant(reconcileReads(database), tenantId, window, (difference) => found.push(difference));
  for (const { repair } of options.fix ? found : [])
    if (repair !== null) await reconcileRepairs(database).repair(tenantId, repair, schedule.now());
  return found;
}

const drop = ({ client, tableName }: Database, key: Key) =>
  client.send(new DeleteCommand({ TableName: tableName, Key: { ...key } }));

test('reconciliation finds no difference in a tenant with finished, rerun, cancelled and refunded runs', async () => {
  expect(await reconcile(await restoredSimulation())).toEqual([]);
});

test('reconciliation finds no difference while runs, settlements and deliveries are in progress', async () => {
  const simulation = await restoredSimulation();
  await trigger(simulation);
  simulation.recorder.injectFault(
    (functionName, call) => functionName === 'rest-api' && call === 'Put run',
    'process_stops',
  );
  await trigger(simulation);
  await simulation.schedule.advanceTo(after(simulation.schedule, 5));

  expect(await reconcile(simulation)).toEqual([]);
});

interface Damage {
  readonly description: string;
  readonly damage: (database: Database) => Promise<unknown>;
  readonly expectedDifferences: readonly (readonly [kind: string, subject: string])[];
}

const repairable: readonly Damage[] = [
  {
    description: 'a counter that is too high',
    damage: (database) => overwrite(database, tenantKey(tenantId), { d20261122: 7 }),
    expectedDifferences: [['count_differs', '2026-11-22']],
  },
  {
    description: 'a counter that is too low',
    damage: (database) => overwrite(database, tenantKey(tenantId), { d20261122: 1 }),
    expectedDifferences: [['count_differs', '2026-11-22']],
  },
  {
    description: 'a missing run, with its event and delivery missing too',
    damage: async (database) => {
      await drop(database, run(2));
      await drop(database, eventKey(tenantId, eventOf(2)));
      await drop(database, deliveryKey(tenantId, deliveryOf(2)));
    },
    expectedDifferences: [
      ['number_missing', 'run 2'],
      ['count_differs', '2026-11-22'],
    ],
  },
  {
    description: 'an unsettled number that is in no index',
    damage: (database) => overwrite(database, tenantKey(tenantId), { settled_upto: 2, voided: new Set([4]) }),
    expectedDifferences: [['never_due', 'tenant']],
  },
  {
    description: 'an open run that is in no index',
    damage: (database) =>
      overwrite(database, run(1), { status: 'running', cursor: 2, trail: (rowOf(run(1))['trail'] as []).slice(0, 2) }),
    expectedDifferences: [['never_due', 'run 1']],
  },
  {
    description: 'a delivery that was never created',
    damage: (database) => drop(database, deliveryKey(tenantId, deliveryOf(1))),
    expectedDifferences: [['delivery_missing', 'run 1, step 1']],
  },
  {
    description: 'a pending delivery that is in no index',
    damage: (database) => overwrite(database, deliveryKey(tenantId, deliveryOf(1)), { status: 'pending' }),
    expectedDifferences: [['never_due', 'dlv']],
  },
  {
    description: 'a finished delivery that is still in the index of open work',
    damage: (database) =>
      overwrite(database, deliveryKey(tenantId, deliveryOf(1)), {
        due_at: later.toISOString(),
        open_shard: '3',
      }),
    expectedDifferences: [['still_open', 'dlv']],
  },
  {
    description: 'a rerun without its audit row',
    damage: (database) => drop(database, auditKey(tenantId, uidOf(2).slice(4))),
    expectedDifferences: [['audit_missing', 'run 2']],
  },
  {
    description: 'a cancellation without its audit row',
    damage: (database) => drop(database, auditKey(tenantId, (rowOf(run(3))['cancellation'] as { id: string }).id)),
    expectedDifferences: [['audit_missing', 'run 3']],
  },
];

test.each(repairable)(
  '$description is found and repaired, and no difference remains',
  async ({ damage, expectedDifferences }) => {
    const simulation = await restoredSimulation();
    await damage(simulation.database);

    const found = await reconcile(simulation, { fix: true });

    expect(found.map(({ kind, subject }) => [kind, subject.replace(/^dlv_.*/, 'dlv')])).toEqual(expectedDifferences);
    expect(found.every(({ repair }) => repair !== null)).toBe(true);
    await runUntilIdle(simulation);
    expect(await reconcile(simulation)).toEqual([]);
  },
);

const unrepairable: readonly Damage[] = [
  {
    description: 'a step that is twice in a trail',
    damage: (database) => {
      const [first, ...rest] = rowOf(run(1))['trail'] as unknown[];
      return overwrite(database, run(1), { trail: [first, first, ...rest], cursor: 4 });
    },
    expectedDifferences: [
      ['trail_differs', 'run 1'],
      ['event_differs', 'run 1, step 2'],
    ],
  },
  {
    description: 'a trail that is shorter than its cursor',
    damage: (database) => overwrite(database, run(1), { cursor: 5 }),
    expectedDifferences: [['trail_differs', 'run 1']],
  },
  {
    description: 'a run whose day differs from the day it was counted on',
    damage: (database) => overwrite(database, run(1), { day: '2026-11-21' }),
    expectedDifferences: [['day_differs', 'run 1']],
  },
  {
    description: 'a run that recovery has not reached for an hour',
    damage: (database) =>
      overwrite(database, run(1), {
        status: 'running',
        due_at: '2026-11-22T12:01:00.000Z',
        open_shard: '1',
        finished_at: null,
      }),
    expectedDifferences: [['overdue', 'run 1']],
  },
  {
    description: 'a missing event',
    damage: (database) => drop(database, eventKey(tenantId, eventOf(1))),
    expectedDifferences: [
      ['event_differs', 'run 1, step 1'],
      ['delivery_unknown', 'dlv'],
    ],
  },
  {
    description: "a delivery of another tenant's run",
    damage: (database) => overwrite(database, deliveryKey(tenantId, deliveryOf(1)), { run_uid: 'run_of_somebody' }),
    expectedDifferences: [['delivery_unknown', 'dlv']],
  },
  {
    description: "a run in another tenant's list",
    damage: (database) => overwrite(database, run(1), { parent: 'T#neighbour#WORKFLOW#0000000001' }),
    expectedDifferences: [['listed_elsewhere', 'run 1']],
  },
  {
    description: 'a row that cannot be read',
    damage: (database) => overwrite(database, run(1), { status: 'lost' }),
    expectedDifferences: [
      ['unreadable', 'run 1'],
      ['delivery_unknown', 'dlv'],
    ],
  },
];

test.each(unrepairable)('$description is reported without a repair', async ({ damage, expectedDifferences }) => {
  const simulation = await restoredSimulation();
  await damage(simulation.database);

  const found = await reconcile(simulation, { fix: true });

  expect(found.map(({ kind, subject }) => [kind, subject.replace(/^dlv_.*/, 'dlv')])).toEqual(expectedDifferences);
  expect(found.every(({ repair }) => repair === null)).toBe(true);
});

test('reconciliation checks only the days it is asked for', async () => {
  const simulation = await restoredSimulation();
  await overwrite(simulation.database, tenantKey(tenantId), { d20261122: 7 });
  const found: Difference[] = [];

  const checked = await reconcileTenant(
    reconcileReads(simulation.database),
    tenantId,
    { since: '2026-11-23', now: later },
    (difference) => found.push(difference),
  );

  expect(checked).toEqual({ runs: 0, deliveries: 0 });
  expect(found).toEqual([]);
});

test('a repair of one tenant changes no row of another', async () => {
  const simulation = await restoredSimulation();
  await repairable[2]!.damage(simulation.database);
  await repairable[0]!.damage(simulation.database);

  await reconcile(simulation, { fix: true });
  await runUntilIdle(simulation);

  const neighbours = (rows: readonly Row[]) => rows.filter(({ pk }) => /^T#neighbour(#|$)/.test(String(pk)));
  expect(neighbours(await allRows(simulation.database))).toEqual(neighbours(history));
});
