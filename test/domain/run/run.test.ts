import { isTerminal, mayBecome, openStatuses, runStatusSchema } from '../../../functions/domain/run-status';
import { runDeadline } from '../../../functions/domain/run/run';
import { noon } from '../../support/builders';

const every = runStatusSchema.options;
const allowed = new Set([
  'queued → running',
  'queued → succeeded',
  'queued → failed',
  'queued → cancelled',
  'running → succeeded',
  'running → failed',
  'running → cancelled',
]);

describe('the status of a run', () => {
  it.each(every.flatMap((from) => every.map((to) => [from, to] as const)))(
    '%s → %s is possible only forwards',
    (from, to) => {
      expect(mayBecome(from, to)).toBe(allowed.has(`${from} → ${to}`));
    },
  );

  it('is final after the run has succeeded, failed or been cancelled', () => {
    expect(every.filter(isTerminal)).toEqual(['succeeded', 'failed', 'cancelled']);
    expect(openStatuses).toEqual(['queued', 'running']);
  });
});

it('A run must end within its delays plus 6 hours', () => {
  expect(runDeadline(noon, 1500).toISOString()).toBe('2026-11-22T18:25:00.000Z');
});
