import { usage } from './access';
import { endpoint } from './endpoint';
import { run } from './run';

const { history: _history, ...day } = usage;

export const overview = {
  day,
  window: { since: '2026-01-30T12:00:00.000Z', complete: true, counted_upto: null },
  runs: { succeeded: 11, failed: 1, cancelled: 0, running: 0, queued: 0 },
  failures: [{ code: 'rendered_too_large', count: 1 }],
  endpoints: {
    total: 2,
    failing: 1,
    disabled_by_failures: 0,
    needs_attention: [{ ...endpoint, health: 'failing', failing_since: '2026-01-31T11:00:00.000Z' }],
  },
  latest: [run],
};
