export const tokenWrite = { name: 'Nightly job', scopes: ['workflows:read', 'workflows:run'], expires_in_days: 90 };

export const token = {
  id: 'tok_01KG9V1S3A4B5C6D7E8F9G0H1J',
  kind: 'pat',
  name: 'Nightly job',
  scopes: ['workflows:read', 'workflows:run'],
  created_at: '2026-01-31T12:00:00.000Z',
  expires_at: '2026-05-01T12:00:00.000Z',
  last_used_at: null,
  revoked_at: null,
  created_by: 'ada@example.com',
  status: 'active',
};
/** The text has the form of a token, but its checksum is wrong, so it opens nothing. */
export const createdToken = { ...token, token: 'cwf_pat_EXAMPLEEXAMPLEEXAMPLEEXAMPLEEX000000' };

export const connectedApp = {
  id: 'app_01KG9V1S3A4B5C6D7E8F9G0H1J',
  client_id: 'https://assistant.example.com/client.json',
  name: 'Assistant',
  host: 'assistant.example.com',
  redirect_host: 'assistant.example.com',
  scope: 'mcp',
  approved_by: 'ada@example.com',
  created_at: '2026-01-31T12:00:00.000Z',
  expires_at: '2026-05-01T12:00:00.000Z',
  last_used_at: null,
  revoked_at: null,
  revoked_because: null,
  status: 'active',
};

export const auditEvent = {
  id: '01KG9V1S3A4B5C6D7E8F9G0H1J',
  at: '2026-01-31T12:00:00.000Z',
  actor: { channel: 'dashboard', name: 'ada@example.com' },
  action: 'token.created',
  target: 'tok_01KG9V1S3A4B5C6D7E8F9G0H1J',
  request_id: 'Jf3nXgk5oAMEPjA=',
  detail: { name: 'Nightly job', scopes: 'workflows:read workflows:run', expires_at: '2026-05-01T12:00:00.000Z' },
};

export const me = {
  tenant: { id: 'acme', name: 'Acme', plan: 'pro', authoring: true },
  principal: { channel: 'rest_api', name: 'Nightly job', permissions: [], scopes: ['workflows:read', 'workflows:run'] },
  tenants: [{ id: 'acme', name: 'Acme' }],
  plans: [
    { plan: 'starter', daily_run_cap: 0, channels: [] },
    { plan: 'growth', daily_run_cap: 100, channels: ['dashboard', 'mcp'] },
    { plan: 'pro', daily_run_cap: 1000, channels: ['dashboard', 'mcp', 'rest_api'] },
    { plan: 'custom', daily_run_cap: null, channels: ['dashboard', 'mcp', 'rest_api'] },
  ],
};

export const usage = {
  plan: 'pro',
  day: '2026-01-31',
  used: 12,
  cap: 1000,
  remaining: 988,
  starts_at: '2026-01-31T00:00:00.000Z',
  resets_at: '2026-02-01T00:00:00.000Z',
  history: [
    { day: '2026-01-31', used: 12 },
    { day: '2026-01-30', used: 40 },
  ],
};
