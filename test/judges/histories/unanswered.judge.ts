import type { Answered, Asked, Operation } from '../../load/history/operation';
import { hasGo } from '../installed';
import { buildJudge, type Judge } from './judge-history';

let judge: Judge;

beforeAll(async () => {
  if (hasGo) judge = await buildJudge();
}, 300_000);
afterAll(() => {
  if (hasGo) judge.remove();
});

const lost: Asked = { operation: 'trigger', key: 'lost' };
const accepted = (id: number): Answered => ({ status: 202, run: { id, status: 'queued' }, replayed: false });
const started = (id: number, key = `run ${id}`): [Asked, Answered] => [{ operation: 'trigger', key }, accepted(id)];
const used = (count: number): [Asked, Answered] => [
  { operation: 'usage' },
  { status: 200, day: '2026-11-30', used: count },
];
const listed = (...ids: number[]): [Asked, Answered] => {
  const runs = ids.map((id) => ({ id, status: 'queued' }));
  return [{ operation: 'list' }, { status: 200, runs, has_more: false }];
};

/** A history of one client that asks again only when it was answered, or when its connection broke. */
function inTurn(...requests: readonly (readonly [Asked, Answered | null])[]): Operation[] {
  return requests.map(([asked, answered], turn) => ({
    ...{ tenant: 'one', client: 'one', asked, answered },
    ...{ call_us: turn * 10, return_us: turn * 10 + 5 },
  }));
}

test.each<[string, Operation[], string[]]>([
  ['a start without an answer may have made a run', inTurn([lost, null], started(2), listed(2, 1), used(2)), []],
  ['it may take effect later', inTurn([lost, null], used(0), listed(), started(1), listed(2, 1), used(2)), []],
  ['it may take a number for nothing later', inTurn([lost, null], used(0), started(2), listed(2), used(2)), []],
  ['it may have done nothing', inTurn([lost, null], started(1), listed(1), used(1)), []],
  [
    'the number that it took for nothing is given back later',
    inTurn([lost, null], started(2), listed(2), used(2), used(1), started(3), used(2)),
    [],
  ],
  ['no number is given back twice', inTurn([lost, null], started(2), used(2), used(1), used(0)), ['the counter']],
  ['no number is left out if every start was answered', inTurn(started(1), started(3)), ['the counter']],
  ['it makes one run', inTurn([lost, null], started(3), listed(3, 2, 1)), ['run 2', 'the counter']],
  ['the repeat with its key makes no second one', inTurn([lost, null], started(2, 'lost'), listed(2, 1)), ['run 1']],
  [
    'a cancellation without an answer may take effect later',
    inTurn(started(1), [{ operation: 'cancel', run: 1 }, null], listed(1), [
      { operation: 'list' },
      { status: 200, runs: [{ id: 1, status: 'cancelled' }], has_more: false },
    ]),
    [],
  ],
])('%s', async (_rule, history, expected) => {
  if (!hasGo) return;

  const { findings } = await judge.judge(history);

  expect(findings.map(({ object }) => object)).toEqual(expected);
});
