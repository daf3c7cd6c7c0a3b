const run = { id: 1, uid: 'run_01KG9V1S3A4B5C6D7E8F9G0H1J', workflow_id: 1 };

export const event = {
  type: 'campaign.kickoff',
  timestamp: '2026-01-31T12:05:01.200Z',
  data: { campaign: 'Spring Promo' },
  run,
};

export const runSucceeded = {
  type: 'run.succeeded',
  timestamp: '2026-01-31T12:05:01.310Z',
  data: {
    status: 'succeeded',
    workflow_name: 'Spring Promo',
    workflow_version: 1,
    steps_total: 3,
    steps_succeeded: 3,
    steps_failed: 0,
    created_at: '2026-01-31T12:05:00.000Z',
    finished_at: '2026-01-31T12:05:01.310Z',
    error: null,
  },
  run,
};

export const runFailed = {
  ...runSucceeded,
  type: 'run.failed',
  data: {
    ...runSucceeded.data,
    status: 'failed',
    steps_succeeded: 0,
    steps_failed: 1,
    error: {
      code: 'rendered_too_large',
      message: 'With the input filled in, the message has 4312 bytes; at most 4000 are allowed.',
      step: 0,
    },
  },
};

export const endpointDisabled = {
  type: 'endpoint.disabled',
  timestamp: '2026-01-31T12:05:02.000Z',
  data: {
    endpoint_id: 'ep_7k3m9p2q4r',
    url: 'https://hooks.example.com/campaigns',
    disabled_reason: 'receiver_gone',
    disabled_at: '2026-01-31T12:05:02.000Z',
  },
};
