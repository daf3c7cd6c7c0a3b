import {
  auditKey,
  claimKey,
  deliveryKey,
  endpointKey,
  eventKey,
  memberKey,
  runKey,
  tenantKey,
  tokenIdKey,
  tokenKey,
  workflowKey,
  type Key,
} from '../../functions/aws/keys';
import { openStores } from '../../functions/aws/open-stores';
import { noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { putRow } from '../support/table';

const at = noon.toISOString();
const later = '2027-02-20T12:00:00.000Z';
const [endpointId, eventId, deliveryId] = ['ep_yn0pvqx59a', 'evt_1', 'dlv_1'];
const tokenId = 'tok_01KAPQ00000000000000000001';
const auditId = '01KAPQ00000000000000000002';

/**
 * One row of each kind as release 0.2.0 stored it, without any optional attribute. They are written out and not made by
 * the builders, which follow the present schemas: a later release takes over a table with rows like these.
 */
const rows: readonly (readonly [Key, object])[] = [
  [
    tenantKey('acme'),
    {
      ...{ id: 'acme', name: 'Acme', plan: 'pro', unlimited: false, daily_cap: 1000, authoring: true },
      ...{ cursor_key: 'BwcH', last_run_number: 1, settled_upto: 0 },
    },
  ],
  [
    workflowKey('acme', 1),
    {
      ...{ id: 1, name: 'Spring Promo', description: null, active: true, version: 1 },
      ...{ steps_total: 1, total_delay_seconds: 0, created_at: at, updated_at: at },
    },
  ],
  [
    runKey('acme', 1),
    {
      ...{ id: 1, uid: 'run_1', workflow_id: 1, workflow_name: 'Spring Promo', workflow_version: 1 },
      ...{ status: 'succeeded', engine: 'express', cursor: 1, steps_total: 1, steps_succeeded: 1, steps_failed: 0 },
      ...{ total_delay_seconds: 0, triggered_by: { channel: 'mcp', name: 'Agent' }, rerun_of: null, input: '{}' },
      ...{ created_at: at, started_at: at, finished_at: at, deadline_at: later, resume_at: null, error: null },
      ...{ request_id: 'request', day: '2026-11-22', restarts: 0 },
      trail: [{ type: 'log', status: 'succeeded', started_at: at, finished_at: at, output: null, error: null }],
    },
  ],
  [
    endpointKey('acme', endpointId),
    {
      ...{ id: endpointId, url: 'https://hooks.example.com/in', events: ['*'], description: null, body: 'envelope' },
      ...{ headers: {}, status: 'active', disabled_reason: null, disabled_at: null, disabling_announced: true },
      ...{ failing_since: null, warned_percent: 0, created_at: at, updated_at: at, secret: 'whsec_x' },
    },
  ],
  [
    eventKey('acme', eventId),
    { id: eventId, type: 'campaign.kickoff', at, run: null, step_index: null, targets: [], expires_at: later },
  ],
  [
    deliveryKey('acme', deliveryId),
    {
      ...{ id: deliveryId, event: 'campaign.kickoff', run_id: null, run_uid: null, step_index: null },
      ...{ endpoint_id: endpointId, url: 'https://hooks.example.com/in', body: 'envelope', status: 'delivered' },
      ...{ ended_reason: null, attempts_made: 1, trigger: 'event', next_attempt_at: null, created_at: at },
      ...{ expires_at: later },
      attempts: [
        {
          ...{ number: 1, trigger: 'event', at, duration_ms: 20, url: 'https://hooks.example.com/in', address: null },
          ...{ request_headers: {}, response_status: 200, response_excerpt: null, error: null },
        },
      ],
    },
  ],
  [tokenIdKey('acme', tokenId), { hash: 'hash' }],
  [
    tokenKey('hash'),
    {
      ...{ id: tokenId, tenant_id: 'acme', kind: 'pat', name: 'CI', scopes: ['workflows:read'], created_at: at },
      ...{ expires_at: null, last_used_at: null, revoked_at: null },
    },
  ],
  [
    memberKey('acme', 'ada@acme.example'),
    { tenant_id: 'acme', email: 'ada@acme.example', permissions: ['viewer'], created_at: at },
  ],
  [
    auditKey('acme', auditId),
    {
      ...{ id: auditId, at, action: 'workflow.created', target: 'workflow 1', request_id: 'request' },
      actor: { channel: 'operator', name: 'ops' },
    },
  ],
  [
    claimKey('acme', 'key'),
    { fingerprint: 'print', lease_until: at, last_run_number: 0, result: null, expires_at: later },
  ],
];

let table: Table;
beforeAll(async () => {
  table = await startTable();
  for (const [key, row] of rows) await putRow(table, { ...key, ...row });
});
afterAll(() => table.stop());

const reads: Readonly<Record<string, (stores: ReturnType<typeof openStores>) => Promise<unknown>>> = {
  tenant: ({ tenants }) => tenants.get('acme'),
  workflow: ({ workflows }) => workflows.get('acme', 1),
  run: ({ runs }) => runs.get('acme', 1),
  endpoint: ({ endpoints }) => endpoints.get('acme', endpointId),
  event: ({ events }) => events.get('acme', eventId),
  delivery: ({ deliveries }) => deliveries.get('acme', deliveryId, noon),
  token: ({ tokens }) => tokens.get('acme', tokenId),
  member: async ({ members }) => (await members.list('acme'))[0],
  'audit row': async ({ audit }) => (await audit.list('acme', 1)).events[0],
  claim: ({ claims }) => claims.get('acme', 'key'),
};

test.each(Object.entries(reads))(
  'the %s that release 0.2.0 stored can still be read, so any attribute added since then is optional',
  async (_kind, read) => {
    expect(await read(openStores(table))).toBeDefined();
  },
);
