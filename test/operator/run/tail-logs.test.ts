import { runLogGroupIds } from '../../../bin/operator/deployment/run-log-groups';
import { runKey } from '../../../functions/aws/keys';
import { runStore } from '../../../functions/aws/run/runs';
import { tenantStore } from '../../../functions/aws/tenant/tenants';
import { workflowStore } from '../../../functions/aws/workflow/workflows';
import { aRecipe, aRun, aTenant, noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { overwrite } from '../../support/table';
import { cloudWatchLogs, refusal, type LoggedLine } from '../aws/logs';
import { deployedStack } from '../aws/stack';
import { startAws, type AwsAnswer } from '../aws/start-aws';
import { operate } from '../operator';
import { sharedClock } from './shared-clock';

let table: Table;
let stack: ReturnType<typeof deployedStack>;
beforeAll(async () => {
  table = await startTable();
  const queue = 'https://sqs.us-east-1.amazonaws.com/000000000000/queue';
  stack = deployedStack({ TableName: table.tableName, DeliveryQueueUrl: queue, DeliveryDeadLetterQueueUrl: queue });
});
afterAll(() => table.stop());

const run = aRun({ status: 'running' });
const endsAfterMs = 20_000;

/** What the functions log of the run while it runs, shown three seconds after it was written, and lines of another run. */
function linesOfTheRun(): LoggedLine[] {
  return Object.values(runLogGroupIds).flatMap((id, index) =>
    [0, 4, 8, 12, 16, 20].flatMap((second) => {
      const atMs = noon.getTime() + second * 1_000 + index;
      const line = { group: stack.named(id), atMs, shownAtMs: atMs + 3_000 };
      return [
        { ...line, id: `${id}-${second}`, text: `{"event":"${id}-${second}","run":"${run.uid}"}` },
        { ...line, id: `${id}-${second}-other`, text: '{"event":"other","run":"run_of_somebody_else"}' },
      ];
    }),
  );
}

/**
 * Several operators follow one run at once, on one clock.
 *
 * @param disturb is called before each answer of CloudWatch Logs, with the time in milliseconds since the beginning, and
 * may answer instead
 */
async function tail(
  operators: number,
  {
    disturb,
    end = { status: 'succeeded' },
    fromMs = 0,
  }: { disturb?: Disturb; end?: Record<string, unknown>; fromMs?: number } = {},
) {
  const tenant = aTenant({ id: `tenant-${(tenants += 1)}` });
  await tenantStore(table).create(tenant);
  const write = { name: 'Spring Promo', description: null, active: true, recipe: aRecipe() };
  await workflowStore(table).create(tenant.id, write, noon.toISOString());
  await runStore(table).put(tenant.id, { run, input: '{}', dueAt: noon.toISOString(), keyHash: undefined });
  const clock = sharedClock(noon.getTime() + fromMs, operators);
  const lines = linesOfTheRun();
  const logs = cloudWatchLogs(lines, clock.now);
  const sinceMs = () => clock.now().getTime() - noon.getTime();
  const aws = await startAws((call) => {
    if (call.service === 'dynamodb') return table.endpoint;
    return call.service === 'logs' ? (disturb?.(sinceMs(), logs) ?? logs.answer(call)) : stack.answer(call);
  });
  const whileWaiting = async (ms: number) => {
    await clock.sleep(ms);
    if (sinceMs() >= endsAfterMs)
      await overwrite(table, runKey(tenant.id, run.id), { finished_at: noon.toISOString(), ...end });
  };
  const args = ['runs', 'tail', tenant.id, '1', '--logs', '--json'];
  const results = await Promise.all(
    Array.from({ length: operators }, () =>
      operate(args, { now: clock.now, whileWaiting }).finally(() => clock.leave()),
    ),
  );
  await aws.stop();
  const printed = results.map(({ out }) =>
    out
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .filter(({ kind }) => kind === 'log')
      .map(({ line }) => JSON.parse(line).event as string),
  );
  return { tenant, results, printed, asked: logs.asked };
}
type Disturb = (sinceMs: number, logs: ReturnType<typeof cloudWatchLogs>) => AwsAnswer | undefined;

let tenants = 0;

const everyLine = () =>
  linesOfTheRun()
    .filter(({ text }) => text.includes(run.uid))
    .map(({ text }) => JSON.parse(text).event as string)
    .sort();

test('three operators who follow runs at once all see every line once, and AWS refuses nothing', async () => {
  const { results, printed, asked } = await tail(3);

  expect(results.map(({ code, err }) => ({ code, err }))).toEqual(results.map(() => ({ code: 0, err: '' })));
  expect(printed.map((lines) => lines.toSorted())).toEqual([everyLine(), everyLine(), everyLine()]);
  expect(asked.filter(({ isRefused }) => isRefused)).toEqual([]);
  const inSecondFrom = (atMs: number) => asked.filter((one) => one.atMs >= atMs && one.atMs < atMs + 1_000).length;
  expect(Math.max(...asked.map(({ atMs }) => inSecondFrom(atMs)))).toBe(3);
});

test('only log groups that can hold lines of a run are read', async () => {
  const { asked } = await tail(1);

  expect(new Set(asked.map(({ group }) => group))).toEqual(
    new Set(Object.values(runLogGroupIds).map((id) => stack.named(id))),
  );
});

test('what was logged before comes in order across the functions', async () => {
  const { printed } = await tail(1, { fromMs: 60_000 });

  const groups = Object.values(runLogGroupIds);
  expect(printed[0]!.slice(0, 10)).toEqual([0, 4].flatMap((second) => groups.map((id) => `${id}-${second}`)));
});

test('while AWS refuses requests the tail goes on, and no line is lost or printed twice', async () => {
  const { results, printed } = await tail(1, {
    disturb: (sinceMs, logs) => {
      if (sinceMs % 3_000 === 0 || (sinceMs > 5_000 && sinceMs < 15_000)) logs.useUp();
      return undefined;
    },
  });

  expect(results).toMatchObject([{ code: 0, err: '' }]);
  expect(printed[0]!.toSorted()).toEqual(everyLine());
});

test.each([
  [{ status: 'succeeded' }, 0, ''],
  [
    { status: 'failed', error: { code: 'run_timed_out', message: 'It took too long.', step: null } },
    1,
    /run_timed_out/,
  ],
])(
  'if AWS still refuses a minute after the end of a run (%j), a warning says so and the exit code is that of the run',
  async (end, exitCode, failure) => {
    const { tenant, results, asked } = await tail(1, {
      end,
      disturb: (sinceMs, logs) => {
        if (sinceMs > 10_000) logs.useUp();
        return undefined;
      },
    });

    const [warning, ...more] = results[0]!.err.trimEnd().split('\n');
    expect(results[0]!.code).toBe(exitCode);
    expect(JSON.parse(warning!).warning).toMatch(
      new RegExp(`log lines of this run may be missing: \`runs tail ${tenant.id} 1 --logs\``),
    );
    expect(more.join('')).toMatch(failure);
    expect(asked.at(-1)!.atMs - noon.getTime()).toBe(endsAfterMs + 60_000);
  },
);

test('an error of AWS itself passes, but not three of them in a row', async () => {
  const unavailable = refusal('ServiceUnavailableException', 'Try again.', 503);
  const passing = await tail(1, { disturb: (sinceMs) => ([3_000, 4_000].includes(sinceMs) ? unavailable : undefined) });
  const lasting = await tail(1, { disturb: (sinceMs) => (sinceMs >= 3_000 ? unavailable : undefined) });

  expect(passing.results).toMatchObject([{ code: 0, err: '' }]);
  expect(passing.printed[0]!.toSorted()).toEqual(everyLine());
  expect(lasting.results).toMatchObject([{ code: 1, err: expect.stringContaining('ServiceUnavailableException') }]);
});

test('a request that the credentials may not make ends the tail with a sentence that names it', async () => {
  const { results } = await tail(1, {
    disturb: () => refusal('AccessDeniedException', 'User: x is not authorized to perform: logs:FilterLogEvents'),
  });

  expect(results).toMatchObject([{ code: 1, err: expect.stringContaining('may not use logs:FilterLogEvents') }]);
});
