/** A secret for documentation only: the bytes are 0 to 31. */
const secret = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

export const endpointWrite = {
  url: 'https://hooks.example.com/campaigns',
  events: ['campaign.*', 'run.failed'],
  description: 'Campaign service',
};
export const endpointPatch = { max_per_second: 5, status: 'active' };
export const testEvent = { payload: { text: 'A test' } };

export const endpoint = {
  id: 'ep_7k3m9p2q4r',
  ...endpointWrite,
  body: 'envelope',
  max_per_second: 10,
  status: 'active',
  disabled_reason: null,
  created_at: '2026-01-31T12:00:00.000Z',
  headers: {},
  previous_secret_until: null,
  health: 'healthy',
  failing_since: null,
  warning: null,
};
export const endpointWithSecret = { ...endpoint, secret };
