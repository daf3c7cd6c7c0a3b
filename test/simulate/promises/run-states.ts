import type { Row } from '../../../functions/aws/database';
import { isTerminal, mayBecome, runStatusSchema } from '../../../functions/domain/run-status';
import { isOpenRun, kindOf, none, rowsOf, sameJson, unless, type Promised } from './promise';

/** What belongs to a run for good. */
const fixed = [
  'id',
  'uid',
  'workflow_id',
  'workflow_version',
  'created_at',
  'day',
  'triggered_by',
  'key_hash',
  'input',
  'rerun_of',
];
/** What no longer changes once a run has ended. Its trail may still get the steps that were performed before. */
const final = ['status', 'finished_at', 'error'];

/** Statuses go forward, a terminal one is final, no run loses or changes what it is, and a void number stays void. */
export const runStates: Promised = (facts) => ({
  onWrite: ({ key, before, after }) => {
    if (kindOf(key).kind !== 'run') return none;
    const name = `run ${Number(key.sk)}`;
    if (after === undefined) return [`${name} was deleted`];
    return [...(before === undefined ? none : judgeChange(name, before, after)), ...judgeOpen(name, after)];
  },
  atTheEnd: () => {
    const uids = new Set<unknown>();
    return rowsOf(facts, 'run').flatMap(({ tenantId, row }) => {
      if (row['void'] === true) return none;
      const isNew = !uids.has(row['uid']);
      uids.add(row['uid']);
      return [
        ...unless(isNew, () => `${tenantId}: two runs are ${String(row['uid'])}`),
        ...unless(!isOpenRun(row), () => `${tenantId}: run ${String(row['id'])} is still ${String(row['status'])}`),
      ];
    });
  },
});

function judgeChange(name: string, before: Row, after: Row): readonly string[] {
  if ((before['void'] === true) !== (after['void'] === true)) return [`${name} and its void row replaced each other`];
  if (before['void'] === true) return none;
  const [from, to] = [runStatusSchema.parse(before['status']), runStatusSchema.parse(after['status'])];
  const changed = [...fixed, ...(isTerminal(from) ? final : [])].filter((name) => !sameJson(before[name], after[name]));
  return [
    ...unless(from === to || mayBecome(from, to), () => `${name} went from ${from} to ${to}`),
    ...unless(changed.length === 0, () => `${name}, which is ${from}, changed its ${changed.join(', ')}`),
  ];
}

/** Recovery finds only what is in its index. */
function judgeOpen(name: string, row: Row): readonly string[] {
  return unless(
    !isOpenRun(row) || (row['due_at'] !== undefined && row['open_shard'] !== undefined),
    () => `${name} is open, and recovery cannot find it`,
  );
}
