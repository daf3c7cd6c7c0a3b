import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Operation } from '../../load/history/operation';
import { hasGo } from '../installed';
import { runProgram } from '../run-program';
import { buildJudge, type Judge } from './judge-history';
import { readFromReplica } from './lagging-replica';
import {
  plantCancelAfterEnd,
  plantDuplicateNumber,
  plantFilteredOut,
  plantKeyWithTwoRuns,
  plantLostCancellation,
  plantLostRun,
  plantStaleList,
  plantStaleUsage,
  plantStepBack,
  plantUnknownRun,
} from './plant';

const projectFolder = resolve(__dirname, '..', '..', '..');
let judge: Judge;
let history: readonly Operation[];
let figures: any;

beforeAll(async () => {
  if (!hasGo) return;
  judge = await buildJudge();
  const folder = mkdtempSync(join(tmpdir(), 'load-'));
  const file = join(folder, 'history.jsonl');
  const options = ['--runs', '300', '--kills', '1', '--settle-at-once', '--json', '--history', file];
  const program = ['--require', 'tsx/cjs', 'test/load/print-load.ts'];
  const { stdout, stderr } = await runProgram(process.execPath, [...program, ...options], { cwd: projectFolder });
  if (stdout === '') throw new Error(`The load did not run: ${stderr}`);
  figures = JSON.parse(stdout);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  history = lines.map((line) => JSON.parse(line));
  rmSync(folder, { recursive: true });
}, 300_000);

afterAll(() => {
  if (hasGo) judge.remove();
});

test('a load with cancellations, reruns and a kill loses nothing', () => {
  if (!hasGo) return;

  expect(figures).toMatchObject({ violations: [], accepted: 300, kills: 1 });
});

test('the history of that load is linearizable for each tenant', async () => {
  if (!hasGo) return;
  const done = (operation: string, status: number) =>
    history.filter(({ asked, answered }) => asked.operation === operation && answered?.status === status).length;

  const { findings, ...judged } = await judge.judge(history, join(tmpdir(), `not-linearizable-${Date.now()}`));
  process.stderr.write(`${JSON.stringify(judged)}\n`);

  expect(findings).toEqual([]);
  expect(judged).toMatchObject({ tenants: 4, operations: history.length });
  expect(judged.unanswered).toBeGreaterThan(0);
  expect(done('trigger', 202)).toBeGreaterThanOrEqual(300);
  for (const [operation, status] of [
    ['rerun', 202],
    ['cancel', 200],
    ['usage', 200],
    ['list', 200],
  ] as const)
    expect(done(operation, status)).toBeGreaterThan(10);
});

test.each([
  ['a usage that was read before', plantStaleUsage],
  ['a list that was read before', plantStaleList],
  ['an accepted run that is in no list', plantLostRun],
  ['a succeeded run that is missing where only those are listed', plantFilteredOut],
  ['a number that two runs have', plantDuplicateNumber],
  ['a key that started two runs', plantKeyWithTwoRuns],
  ['a run that nobody started', plantUnknownRun],
  ['a cancellation of a run that had ended', plantCancelAfterEnd],
  ['a run that went back from succeeded to running', plantStepBack],
  ['a cancelled run that succeeded', plantLostCancellation],
])('the judge finds %s', async (_fault, plant) => {
  if (!hasGo) return;
  const { operations, tenant, object } = plant(history);

  const { findings } = await judge.judge(operations);

  expect(findings).toContainEqual(expect.objectContaining({ tenant, object, result: 'Illegal' }));
  expect(new Set(findings.map((finding) => finding.tenant))).toEqual(new Set([tenant]));
});

test.each([
  ['reads of the table itself are linearizable', () => false, []],
  [
    'the judge finds a usage that the API read from a replica that lags behind',
    (command: string) => command === 'GetCommand',
    ['the counter'],
  ],
  [
    'the judge finds lists that the API read from a replica that lags behind',
    (command: string) => command === 'QueryCommand',
    ['run 2', 'run 3', 'run 4', 'run 5'],
  ],
])('%s', async (_case, isBehind, stale) => {
  if (!hasGo) return;
  const { operations } = await readFromReplica(isBehind);

  const { findings } = await judge.judge(operations);

  expect(findings.map(({ object }) => object)).toEqual(stale);
});
