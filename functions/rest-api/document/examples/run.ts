export const recipeCheck = {
  valid: true,
  steps_total: 3,
  total_delay_seconds: 1,
  events: ['campaign.kickoff'],
  warnings: [],
};
const nothingWrong = { missing: [], error: null, truncated: false };
const steps = [
  { index: 0, type: 'log', ...nothingWrong, message: 'Starting Spring Promo' },
  { index: 1, type: 'delay', ...nothingWrong, seconds: 1 },
  {
    index: 2,
    type: 'fire_webhook_event',
    ...nothingWrong,
    event: 'campaign.kickoff',
    payload: { campaign: 'Spring Promo' },
    matched_endpoints: 1,
    endpoints: [{ id: 'ep_01KG9V1S3A4B5C6D7E8F9G0H1J', url: 'https://hooks.example.com/campaigns' }],
  },
];
const usage = {
  day: '2026-01-31',
  used: 12,
  cap: 1000,
  remaining: 988,
  resets_at: '2026-02-01T00:00:00.000Z',
};

export const triggerRun = { input: { campaign: 'Spring Promo' } };
export const rerunRun = { version: 'current' };

export const run = {
  id: 1,
  uid: 'run_01KG9V1S3A4B5C6D7E8F9G0H1J',
  workflow_id: 1,
  workflow_name: 'Spring Promo',
  workflow_version: 1,
  status: 'succeeded',
  steps_total: 3,
  steps_succeeded: 3,
  steps_failed: 0,
  triggered_by: { channel: 'rest_api', name: 'Nightly job' },
  rerun_of: null,
  created_at: '2026-01-31T12:05:00.000Z',
  started_at: '2026-01-31T12:05:00.120Z',
  finished_at: '2026-01-31T12:05:01.310Z',
  deadline_at: '2026-01-31T18:05:01.000Z',
  error: null,
  request_id: 'Jf3nXgk5oAMEPjA=',
};

const accepted = {
  ...run,
  status: 'queued',
  steps_succeeded: 0,
  started_at: null,
  finished_at: null,
};
export const startedRun = { ...accepted, ...triggerRun };

export const runStep = {
  index: 0,
  type: 'log',
  status: 'succeeded',
  started_at: '2026-01-31T12:05:00.120Z',
  finished_at: '2026-01-31T12:05:00.120Z',
  output: { message: 'Starting Spring Promo' },
  error: null,
};
export const runDetail = {
  ...run,
  ...triggerRun,
  steps: [
    runStep,
    {
      ...runStep,
      index: 1,
      type: 'delay',
      finished_at: '2026-01-31T12:05:01.120Z',
      output: { seconds: 1 },
    },
    {
      ...runStep,
      index: 2,
      type: 'fire_webhook_event',
      started_at: '2026-01-31T12:05:01.200Z',
      finished_at: '2026-01-31T12:05:01.310Z',
      output: {
        event: 'campaign.kickoff',
        matched_endpoints: 1,
        deliveries: [
          { id: 'dlv_01KG9V1S3A4B5C6D7E8F9G0H1J027K3M9P2Q4R', endpoint_id: 'ep_7k3m9p2q4r', status: 'delivered' },
        ],
      },
    },
  ],
};

export const runPreview = {
  ...recipeCheck,
  webhook_steps: [{ index: 2, event: 'campaign.kickoff', matched_endpoints: 1, typed_inputs: [] }],
  input: { campaign: 'Spring Promo' },
  steps,
  usage,
};
