import { requestsPerMinute } from '../../dashboard/src/api/pace';
import { endpointsAddress, runsAddress } from '../../dashboard/src/pages/overview/addresses';
import { pollOverview } from '../../dashboard/src/pages/overview/poll-overview';

const since = '2026-11-29T12:00:00.000Z';
const none = { succeeded: 0, failed: 0, cancelled: 0, running: 0, queued: 0 };
type Read = Parameters<typeof pollOverview>[0];
const read = (changes: Partial<Read>) =>
  pollOverview({ window: { since, complete: true, counted_upto: null }, runs: none, latest: [], ...changes });

test('an overview on which nothing goes on is read again as rarely as other pages', () => {
  expect(read({})).toBe(15_000);
});

test('an overview is read more often while counting goes on, or while a run that it does not show goes on', () => {
  expect(read({ window: { since, complete: false, counted_upto: since } })).toBe(1_000);
  expect(read({ runs: { ...none, running: 1 } })).toBe(5_000);
  expect(60_000 / read({ runs: { ...none, queued: 1 } })).toBeLessThanOrEqual(requestsPerMinute.busy);
});

test('a number of the overview leads to the list with the same window, status and error', () => {
  expect(runsAddress({ since }, 'running')).toBe(
    '/workflow-runs?status=running&created_from=2026-11-29T12%3A00%3A00.000Z',
  );
  expect(runsAddress({ since }, 'failed', 'run_timed_out')).toBe(
    '/workflow-runs?status=failed&error_code=run_timed_out&created_from=2026-11-29T12%3A00%3A00.000Z',
  );
  expect(endpointsAddress('failing')).toBe('/webhook-endpoints?health=failing');
});
