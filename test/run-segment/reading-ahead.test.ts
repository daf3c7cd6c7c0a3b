import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { openStores } from '../../functions/aws/open-stores';
import { executions } from '../../functions/aws/run/executions';
import type { Recipe } from '../../functions/domain/workflow/recipe';
import { openSegment } from '../../functions/run-segment/open-segment';
import { runSegment } from '../../functions/run-segment/run-segment';
import { aDelay, aLog, aRecipe, aWebhookStep, noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { connectionBroken, interceptDatabase, type Interceptor } from '../support/requests';
import { anAcceptedRun } from './harness';
import { walk } from './walk';

let table: Table;
beforeAll(async () => void (table = await startTable()));
afterAll(() => table.stop());

/** Walks a run with its real stores; every request of a segment goes through `intercept`. */
async function walked(recipe: Recipe, intercept: Interceptor, readsEndpoints?: boolean) {
  const run = await anAcceptedRun(table, { recipe });
  const stores = openStores(interceptDatabase(table, intercept));
  const queue = { send: async () => undefined };
  const time = { beganMs: 0, endsMs: 60_000, nowMs: () => 0, sleep: async () => undefined, random: () => 0 };
  const first = { ...run.firstInput, ...(readsEndpoints && { reads_endpoints: true }) };
  await walk(
    first,
    (input) => runSegment(openSegment({ ...stores, queue, now: run.clock.now, log: () => undefined }, time), input),
    run.clock,
  );
  return run.row();
}

/** The names of the requests of each segment up to the write of its run, without rows that are put beside it. */
function recording() {
  const segments: string[][] = [[]];
  const intercept: Interceptor = (command, send) => {
    const name = command.constructor.name.replace('Command', '');
    if (name !== 'Put') segments.at(-1)?.push(name);
    if (name === 'Update') segments.push([]);
    return send();
  };
  return { segments, intercept };
}

const reads = ['BatchGet', 'Query'];

test.each([
  ['an end without a delay', aRecipe({ steps: [aLog()] }), true, [[...reads, 'Update']]],
  [
    'a log and a delay',
    aRecipe({ steps: [aLog(), aDelay(1), aLog()] }),
    false,
    [
      ['BatchGet', 'Update'],
      [...reads, 'Update'],
    ],
  ],
  [
    'logs between delays',
    aRecipe({ steps: [aDelay(1), aLog(), aDelay(1), aLog(), aDelay(1), aLog()] }),
    false,
    [
      ['BatchGet', 'Update'],
      ['BatchGet', 'Update'],
      ['BatchGet', 'Update'],
      [...reads, 'Update'],
    ],
  ],
  [
    'a webhook between delays',
    aRecipe({ steps: [aDelay(1), aLog(), aWebhookStep(), aDelay(1)] }),
    false,
    [
      ['BatchGet', 'Update'],
      [...reads, 'Update'],
      [...reads, 'Update'],
    ],
  ],
])(
  '%s: each segment reads the endpoints once, with the run, and only if it needs them',
  async (_what, recipe, first, expected) => {
    const { segments, intercept } = recording();

    await walked(recipe, intercept, first);

    expect(segments.slice(0, -1)).toEqual(expected);
  },
);

test('the run and the endpoints are read at once', async () => {
  let underWay = 0;
  let most = 0;

  await walked(
    aRecipe({ steps: [aLog()] }),
    async (_command, send) => {
      most = Math.max(most, (underWay += 1));
      const answer = await send();
      underWay -= 1;
      return answer;
    },
    true,
  );

  expect(most).toBe(2);
});

test('a read of the endpoints that failed in advance is repeated when they are needed', async () => {
  let queries = 0;

  const row = await walked(
    aRecipe({ steps: [aLog()] }),
    (command, send) => {
      if (command.constructor.name === 'QueryCommand' && (queries += 1) === 1) throw connectionBroken();
      return send();
    },
    true,
  );

  expect(queries).toBe(2);
  expect(row).toMatchObject({ status: 'succeeded', cursor: 1 });
});

test.each([
  [0, true],
  [1, undefined],
])('an execution of a run with %i s of delays begins with reads_endpoints %s', async (seconds, expected) => {
  const sfn = mockClient(SFNClient).on(StartExecutionCommand).resolves({});
  const run = { id: 1, uid: 'run_1', workflow_id: 1, workflow_version: 1, cursor: 0, engine: 'express' } as const;

  await executions(new SFNClient({ region: 'us-east-1' }), { express: 'e', standard: 's' }, () => noon).start('acme', {
    ...run,
    total_delay_seconds: seconds,
  });

  const input = JSON.parse(sfn.commandCalls(StartExecutionCommand)[0]!.args[0].input.input!);
  expect(input.reads_endpoints).toBe(expected);
  sfn.restore();
});
