import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { billOf } from '../../bench/cost/bill';
import { costParts } from '../../bench/cost/cost-parts';
import { countAll } from '../../bench/cost/count/all';
import { judgeRun, totalOf, type JudgedRun } from '../../bench/cost/count/judge-run';
import { recipes, scenarios } from '../../bench/cost/count/recipes';
import { bareFloor } from '../../bench/cost/floors';
import { writeUnits } from '../../bench/cost/units';
import { outdated } from '../../bench/generated';
import { startEngine } from '../faults/simulation/engine';

const names = scenarios.map(({ recipe, endpoints, failing }) => `${recipe}, ${endpoints}${failing ? ' failing' : ''}`);
let runs: JudgedRun[];
beforeAll(async () => void (runs = (await countAll()).map(judgeRun)));

/** How often a scenario's run made each call. */
function callsOf(run: JudgedRun, of: string): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const billed of run.bill) if (billed.of === of) calls[billed.call] = (calls[billed.call] ?? 0) + 1;
  return calls;
}

describe.each(names.map((name, index) => [name, index] as const))('a run of %s', (_name, index) => {
  const { recipe, endpoints } = scenarios[index]!;
  const stepsOf = (type: string) => recipes[recipe].steps.filter((step) => step.type === type).length;
  const delays = stepsOf('delay');

  it('is accepted in 3 requests to the table and one start', () => {
    expect(callsOf(runs[index]!, 'rest-api')).toEqual({
      'BatchGet ×2': 1,
      'Update tenant': 1,
      'Put run': 1,
      StartExecution: 1,
    });
  });

  it('updates its row once for each delay and once at the end', () => {
    expect(callsOf(runs[index]!, 'run-segment')['Update run']).toBe(delays + 1);
  });

  it('takes one invocation for the request, one for each delay, one at the end, and one for each hand-over', () => {
    const { invocations, expressStarts } = runs[index]!.operations;
    expect(invocations['rest-api'] + invocations['run-segment']).toBeLessThanOrEqual(delays + 1 + expressStarts);
  });

  it('queues up to ten deliveries of a webhook step in one request', () => {
    const sent = callsOf(runs[index]!, 'run-segment')['SendMessageBatch'] ?? 0;
    expect(sent).toBe(endpoints === 0 ? 0 : stepsOf('fire_webhook_event'));
  });

  it('pays for no state transition, and for a second execution only if it waits longer than one lasts', () => {
    const { operations, statesEntered } = runs[index]!;
    expect(operations.transitions).toBe(0);
    expect(operations.expressStarts).toBe(recipe === 'long' ? 2 : 1);
    expect(statesEntered).toBeLessThanOrEqual(3 * delays + 4 + 6 * (operations.expressStarts - 1));
  });
});

test.each([
  ['page', 1.15],
  ['ten', 2.4],
  ['fifty', 1.05],
] as const)('the recipe %s costs at most %d times the floor with the same rows', (recipe, maxRatio) => {
  const ratios = runs
    .filter(({ scenario }) => scenario.recipe === recipe)
    .map(({ totalUsd, sameRowsFloorUsd }) => totalUsd / sameRowsFloorUsd);
  expect(Math.max(...ratios)).toBeLessThanOrEqual(maxRatio);
});

test.each([
  ['page', 19.4, undefined],
  ['page', 60, true],
  ['ten', 70.61, undefined],
  ['long', 300, undefined],
] as const)(
  'a million runs of the recipe %s with one endpoint cost at most %d US$; failing: %s',
  (recipe, usd, failing) => {
    const run = runs.find(
      ({ scenario }) => scenario.recipe === recipe && scenario.endpoints === 1 && scenario.failing === failing,
    );
    expect(run!.totalUsd).toBeLessThanOrEqual(usd);
  },
);

test('the cost tables in the documentation are up to date; otherwise run: npm run cost -- --write', () => {
  expect(outdated(costParts(runs))).toEqual([]);
});

test.each([
  ['page', 10.2],
  ['ten', 22.0],
  ['fifty', 36.3],
] as const)('the bare floor of %s is %d US$ for a million runs, as calculated by hand', (recipe, usd) => {
  const floor = totalOf(billOf(bareFloor({ recipe: recipes[recipe], endpoints: 1, attempts: 1 })));
  expect(Math.round(floor * 10) / 10).toBe(usd);
});

describe('write units', () => {
  it('equal those of the engine at every item size if no index changes', async () => {
    const engine = startEngine();
    const { client, tableName } = await engine.newTable([]);
    const units: number[] = [];
    for (let pad = 850; pad < 950; pad += 1) {
      const Item = {
        ...{
          pk: 'T#acme',
          sk: '1',
          text: 'x'.repeat(pad),
          flag: true,
          nothing: null,
          number: 1234567,
          small: -10.5,
          zero: 0,
          round: 700,
          straddling: 123.4,
        },
        ...{ list: ['a', 7, null], map: { deep: { er: [false] } }, numbers: new Set([1, 22]) },
      };
      const { ConsumedCapacity } = await client.send(
        new PutCommand({ TableName: tableName, Item, ReturnConsumedCapacity: 'TOTAL' }),
      );
      expect([pad, writeUnits(undefined, Item)]).toMatchObject([
        pad,
        { table: ConsumedCapacity!.CapacityUnits, index: 0 },
      ]);
      units.push(ConsumedCapacity!.CapacityUnits!);
    }
    expect([units[0], units.at(-1)]).toEqual([1, 2]);
  });

  const key = { pk: 'T#acme#RUN', sk: '1' };
  it.each([
    ['enters both', undefined, { ...key, open_shard: '1', due_at: 'a', parent: 'p' }, 2],
    ['moves in one', { ...key, open_shard: '1', due_at: 'a' }, { ...key, open_shard: '1', due_at: 'b' }, 2],
    ['stays where it is', { ...key, parent: 'p', n: 1 }, { ...key, parent: 'p', n: 2 }, 0],
    ['leaves one', { ...key, open_shard: '1', due_at: 'a', parent: 'p' }, { ...key, parent: 'p' }, 1],
    ['was never in any', key, { ...key, due_at: 'a' }, 0],
  ])('of an item that %s of the indexes', (_what, before, after, index) => {
    expect(writeUnits(before, after)).toMatchObject({ table: 1, index });
  });
});
