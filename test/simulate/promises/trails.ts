import type { Row } from '../../../functions/aws/database';
import { kindOf, none, rowsOf, unless, type Facts, type Promised } from './promise';

/**
 * Each step is at most once in the trail, in its order, and all of them are if the run succeeded. None is performed before
 * the delay before it is over.
 */
export const trails: Promised = (facts) => ({
  onWrite: ({ key, before, after }) => {
    if (kindOf(key).kind !== 'run' || before === undefined || after === undefined) return none;
    const [earlier, later] = [entriesOf(before), entriesOf(after)];
    // Only delays: two calls of one segment may each record a part of what both performed.
    const tooEarly = later.find((entry, index) => {
      const last = later[index - 1];
      return last?.['type'] === 'delay' && String(entry['started_at']) < String(last['finished_at']);
    });
    const isAppended = earlier.every(
      (entry, index) => entry === later[index] || JSON.stringify(entry) === JSON.stringify(later[index]),
    );
    return [
      ...unless(isAppended, () => `the trail of run ${Number(key.sk)} was rewritten`),
      ...unless(
        tooEarly === undefined,
        () =>
          `run ${Number(key.sk)} began a step at ${String(tooEarly?.['started_at'])}, before the delay before it was over`,
      ),
      ...unless(
        Number(after['cursor'] ?? 0) >= Number(before['cursor'] ?? 0),
        () => `run ${Number(key.sk)} went back from step ${String(before['cursor'])} to ${String(after['cursor'])}`,
      ),
    ];
  },
  atTheEnd: () =>
    rowsOf(facts, 'run').flatMap(({ tenantId, row }) =>
      row['void'] === true ? none : judgeTrail(facts, tenantId, row),
    ),
});

function judgeTrail({ system }: Facts, tenantId: string, run: Row): readonly string[] {
  const version = `VERSION#${padded(run['workflow_id'])}#${padded(run['workflow_version'])}`;
  const recipe: any = system.table.get(`T#${tenantId}`, version)?.['recipe'];
  const steps: { type: string }[] = (typeof recipe === 'string' ? JSON.parse(recipe) : recipe)?.steps ?? [];
  const performed = wholeTrail(system.table.rows(), tenantId, run).map(({ type }) => String(type));
  const expected = steps.slice(0, Number(run['cursor'])).map(({ type }) => type);
  const name = `${tenantId}: run ${String(run['id'])}`;
  return [
    ...unless(
      performed.join(' ') === expected.join(' '),
      () => `${name} is at step ${String(run['cursor'])} with a trail of [${performed.join(' ')}]`,
    ),
    ...unless(
      run['status'] !== 'succeeded' || performed.length === steps.length,
      () => `${name} succeeded after ${performed.length} of ${steps.length} steps`,
    ),
  ];
}

/** Entries for which the row has no room are items of their own. */
export function wholeTrail(rows: readonly Row[], tenantId: string, run: Row): Row[] {
  return entriesOf(run).flatMap((entry) => {
    if (entry['kept'] === undefined) return [entry];
    const kept = rows.find(({ pk, sk }) => pk === `T#${tenantId}#INP` && sk === entry['kept']);
    return (kept?.['entries'] as Row[] | undefined) ?? [entry];
  });
}

function entriesOf(run: Row): Row[] {
  return (run['trail'] as Row[] | undefined) ?? [];
}

function padded(number: unknown): string {
  return String(number).padStart(10, '0');
}
