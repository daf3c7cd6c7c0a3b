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
  it.each(every.flatMap((from) => every.map((to) => [from, to] as const)))('%s → %s: never backwards', (from, to) => {
    expect(mayBecome(from, to)).toBe(allowed.has(`${from} → ${to}`));
  });

  it('is final once the run succeeded, failed or was cancelled', () => {
    expect(every.filter(isTerminal)).toEqual(['succeeded', 'failed', 'cancelled']);
    expect(openStatuses).toEqual(['queued', 'running']);
  });
});

it('A run has its delays and 6 hours to end', () => {
  expect(runDeadline(noon, 1500).toISOString()).toBe('2026-11-22T18:25:00.000Z');
});
