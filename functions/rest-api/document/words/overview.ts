import { overviewSchema } from '../../../domain/run/overview/view';
import { answered, count, time } from '../component';
import * as examples from '../examples/overview';

const { day, window, runs, failures, endpoints } = overviewSchema.shape;

export const overviewComponents = [
  answered(
    'Overview',
    overviewSchema,
    { description: 'How the runs and webhook endpoints of a tenant do.', examples: [examples.overview] },
    {
      day: "Today's runs against the daily run cap.",
      window: 'Which runs are counted in `runs` and `failures`.',
      runs: 'The runs of the window by status.',
      failures: 'The failed runs of the window by the code of their first failure, the most frequent first.',
      endpoints: 'The webhook endpoints; null for a token without the scope `webhooks:read`.',
      latest: 'The newest runs, at most 5.',
    },
  ),
  answered(
    'OverviewDay',
    day,
    { description: "Today's runs against the daily run cap." },
    {
      plan: 'The plan of the tenant.',
      day: { description: 'The UTC day.', format: 'date' },
      used: count('Runs accepted on this day.'),
      cap: count('The daily run cap; null if it is unlimited.'),
      remaining: count('Runs that may still start on this day; null if they are unlimited.'),
      starts_at: time('When the day began.'),
      resets_at: time('When the next day begins.'),
    },
  ),
  answered(
    'OverviewWindow',
    window,
    { description: 'The time whose runs are counted. It ends with the answer.' },
    {
      since: time(
        'The first instant: 24 whole hours before the current UTC hour. `created_from` with this value lists the same runs.',
      ),
      complete:
        'Whether every run of the window is counted. If not, the tenant has more runs than one answer counts; ask again, and the next answer goes on.',
      counted_upto: time('If not complete: when the last run was accepted that is counted; otherwise null.'),
    },
  ),
  answered(
    'OverviewRuns',
    runs,
    { description: 'The runs of the window by status.' },
    {
      succeeded: count('Runs that succeeded.'),
      failed: count('Runs that failed.'),
      cancelled: count('Runs that were cancelled.'),
      running: count('Runs that are running.'),
      queued: count('Runs that have not begun.'),
    },
  ),
  answered(
    'OverviewFailures',
    failures.def.element,
    { description: 'How often runs failed for one reason.' },
    { code: 'The code of the first failure.', count: count('How many runs failed with it.') },
  ),
  answered(
    'OverviewEndpoints',
    endpoints.def.innerType,
    { description: 'How many webhook endpoints there are, and which need a person.' },
    {
      total: count('All endpoints.'),
      failing: count('Endpoints whose `health` is `failing`.'),
      disabled_by_failures: count('Endpoints that were disabled because of their failures.'),
      needs_attention:
        'The endpoints of these two kinds, at most 10: disabled ones first, then those that fail longest.',
    },
  ),
];
