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
import { endpointId, seedRows, startGround, tenantId, type Ground } from './fixture';
import { cancel, rerun, trigger } from './operations';
import { allRows } from './simulation/engine';
import { after } from './simulation/schedule';
import { newWorld, nothingYet, untilQuiet, type World } from './simulation/simulation';

let ground: Ground;
let history: readonly Row[];
let later: Date;

/** Run 1 succeeded, run 2 repeated it, run 3 was cancelled in its delay, number 4 was given back. */
beforeAll(async () => {
  ground = await startGround();
  const recipe = aRecipe({ steps: [aWebhookStep(), aDelay(20), aLog()] });
  const rows = [...(await seedRows(ground, tenantId, { recipe })), ...ground.neighbour];
  const world = await newWorld(ground, {}, { ...nothingYet, rows });
  await trigger(world);
  await untilQuiet(world);
  await rerun(world, 'key-1');
  await trigger(world);
  await world.schedule.advanceTo(after(world.schedule, 5));
  await cancel(world, 3);
  world.recorder.alsoHarm((of, call) => of === 'rest-api' && call === 'Put run', 'process_stops');
  await trigger(world);
  history = await untilQuiet(world);
  later = after(world.schedule, 3600);
});
afterAll(() => ground.stop());

const run = (id: number) => runKey(tenantId, id);
const rowOf = ({ pk, sk }: Key) => history.find((row) => row['pk'] === pk && row['sk'] === sk)!;
const uidOf = (id: number) => String(rowOf(run(id))['uid']);
const eventOf = (id: number) => stepEventId(uidOf(id), 0);
const deliveryOf = (id: number) => deliveryIdOf(eventOf(id), endpointId('hook'));

/** A world an hour after that history. */
const aWorld = (): Promise<World> => newWorld(ground, {}, { ...nothingYet, at: later, rows: history, uids: 10 });

async function reconcile({ database, schedule }: World, options: { fix?: true } = {}): Promise<Difference[]> {
  const found: Difference[] = [];
  const window = { since: '2026-11-22', now: schedule.now() };
  await reconcileTenant(reconcileReads(database), tenantId, window, (difference) => found.push(difference));
  for (const { repair } of options.fix ? found : [])
    if (repair !== null) await reconcileRepairs(database).repair(tenantId, repair, schedule.now());
  return found;
}

const drop = ({ client, tableName }: Database, key: Key) =>
  client.send(new DeleteCommand({ TableName: tableName, Key: { ...key } }));

test('a tenant whose rows agree has no difference, whatever it went through', async () => {
  expect(await reconcile(await aWorld())).toEqual([]);
});

test('nor has one with runs, settlements and deliveries under way', async () => {
  const world = await aWorld();
  await trigger(world);
  world.recorder.alsoHarm((of, call) => of === 'rest-api' && call === 'Put run', 'process_stops');
  await trigger(world);
  await world.schedule.advanceTo(after(world.schedule, 5));

  expect(await reconcile(world)).toEqual([]);
});

interface Damage {
  readonly what: string;
  readonly damage: (database: Database) => Promise<unknown>;
  readonly differs: readonly (readonly [kind: string, subject: string])[];
}

const repairable: readonly Damage[] = [
  {
    what: 'a counter that is too high',
    damage: (database) => overwrite(database, tenantKey(tenantId), { d20261122: 7 }),
    differs: [['count_differs', '2026-11-22']],
  },
  {
    what: 'a counter that is too low',
    damage: (database) => overwrite(database, tenantKey(tenantId), { d20261122: 1 }),
    differs: [['count_differs', '2026-11-22']],
  },
  {
    what: 'a run that is gone, with its deliveries',
    damage: async (database) => {
      await drop(database, run(2));
      await drop(database, eventKey(tenantId, eventOf(2)));
      await drop(database, deliveryKey(tenantId, deliveryOf(2)));
    },
    differs: [
      ['number_missing', 'run 2'],
      ['count_differs', '2026-11-22'],
    ],
  },
  {
    what: 'numbers nobody will settle',
    damage: (database) => overwrite(database, tenantKey(tenantId), { settled_upto: 2, voided: new Set([4]) }),
    differs: [['never_due', 'tenant']],
  },
  {
    what: 'an open run nobody will look at',
    damage: (database) =>
      overwrite(database, run(1), { status: 'running', cursor: 2, trail: (rowOf(run(1))['trail'] as []).slice(0, 2) }),
    differs: [['never_due', 'run 1']],
  },
  {
    what: 'a delivery that was never made',
    damage: (database) => drop(database, deliveryKey(tenantId, deliveryOf(1))),
    differs: [['delivery_missing', 'run 1, step 1']],
  },
  {
    what: 'a delivery nobody will look at',
    damage: (database) => overwrite(database, deliveryKey(tenantId, deliveryOf(1)), { status: 'pending' }),
    differs: [['never_due', 'dlv']],
  },
  {
    what: 'a delivery that ended and is still on the list',
    damage: (database) =>
      overwrite(database, deliveryKey(tenantId, deliveryOf(1)), {
        due_at: later.toISOString(),
        open_shard: '3',
      }),
    differs: [['still_open', 'dlv']],
  },
  {
    what: 'a rerun without its audit row',
    damage: (database) => drop(database, auditKey(tenantId, uidOf(2).slice(4))),
    differs: [['audit_missing', 'run 2']],
  },
  {
    what: 'a cancellation without its audit row',
    damage: (database) => drop(database, auditKey(tenantId, (rowOf(run(3))['cancellation'] as { id: string }).id)),
    differs: [['audit_missing', 'run 3']],
  },
];

test.each(repairable)('$what is found, made good, and everything agrees again', async ({ damage, differs }) => {
  const world = await aWorld();
  await damage(world.database);

  const found = await reconcile(world, { fix: true });

  expect(found.map(({ kind, subject }) => [kind, subject.replace(/^dlv_.*/, 'dlv')])).toEqual(differs);
  expect(found.every(({ repair }) => repair !== null)).toBe(true);
  await untilQuiet(world);
  expect(await reconcile(world)).toEqual([]);
});

const forPeople: readonly Damage[] = [
  {
    what: 'a step twice in a trail',
    damage: (database) => {
      const [first, ...rest] = rowOf(run(1))['trail'] as unknown[];
      return overwrite(database, run(1), { trail: [first, first, ...rest], cursor: 4 });
    },
    differs: [
      ['trail_differs', 'run 1'],
      ['event_differs', 'run 1, step 2'],
    ],
  },
  {
    what: 'a trail that is shorter than its cursor',
    damage: (database) => overwrite(database, run(1), { cursor: 5 }),
    differs: [['trail_differs', 'run 1']],
  },
  {
    what: 'a run on another day than it was counted on',
    damage: (database) => overwrite(database, run(1), { day: '2026-11-21' }),
    differs: [['day_differs', 'run 1']],
  },
  {
    what: 'a run that recovery does not get to',
    damage: (database) =>
      overwrite(database, run(1), {
        status: 'running',
        due_at: '2026-11-22T12:01:00.000Z',
        open_shard: '1',
        finished_at: null,
      }),
    differs: [['overdue', 'run 1']],
  },
  {
    what: 'an event that is gone',
    damage: (database) => drop(database, eventKey(tenantId, eventOf(1))),
    differs: [
      ['event_differs', 'run 1, step 1'],
      ['delivery_unknown', 'dlv'],
    ],
  },
  {
    what: "a delivery of another tenant's run",
    damage: (database) => overwrite(database, deliveryKey(tenantId, deliveryOf(1)), { run_uid: 'run_of_somebody' }),
    differs: [['delivery_unknown', 'dlv']],
  },
  {
    what: 'a run listed for another tenant',
    damage: (database) => overwrite(database, run(1), { parent: 'T#neighbour#WORKFLOW#0000000001' }),
    differs: [['listed_elsewhere', 'run 1']],
  },
  {
    what: 'a row that cannot be read',
    damage: (database) => overwrite(database, run(1), { status: 'lost' }),
    differs: [
      ['unreadable', 'run 1'],
      ['delivery_unknown', 'dlv'],
    ],
  },
];

test.each(forPeople)('$what is found and left to a person', async ({ damage, differs }) => {
  const world = await aWorld();
  await damage(world.database);

  const found = await reconcile(world, { fix: true });

  expect(found.map(({ kind, subject }) => [kind, subject.replace(/^dlv_.*/, 'dlv')])).toEqual(differs);
  expect(found.every(({ repair }) => repair === null)).toBe(true);
});

test('only the days asked for are looked at', async () => {
  const world = await aWorld();
  await overwrite(world.database, tenantKey(tenantId), { d20261122: 7 });
  const found: Difference[] = [];

  const looked = await reconcileTenant(
    reconcileReads(world.database),
    tenantId,
    { since: '2026-11-23', now: later },
    (difference) => found.push(difference),
  );

  expect(looked).toEqual({ runs: 0, deliveries: 0 });
  expect(found).toEqual([]);
});

test('repairing one tenant touches no row of another', async () => {
  const world = await aWorld();
  await repairable[2]!.damage(world.database);
  await repairable[0]!.damage(world.database);

  await reconcile(world, { fix: true });
  await untilQuiet(world);

  const neighbours = (rows: readonly Row[]) => rows.filter(({ pk }) => /^T#neighbour(#|$)/.test(String(pk)));
  expect(neighbours(await allRows(world.database))).toEqual(neighbours(history));
});
