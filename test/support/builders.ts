import { ulid } from 'ulid';
import type { Endpoint } from '../../functions/domain/endpoint/endpoint';
import { healthy } from '../../functions/domain/endpoint/health';
import { newEndpointId } from '../../functions/domain/endpoint/id';
import type { Claim } from '../../functions/domain/idempotency';
import type { Run, TrailEntry } from '../../functions/domain/run/run';
import { capOf, type Tenant } from '../../functions/domain/tenant/tenant';
import type { ConnectedApp } from '../../functions/domain/tenant/connected-app';
import type { Token } from '../../functions/domain/tenant/token';
import type { Recipe, Step } from '../../functions/domain/workflow/recipe';
import type { Workflow } from '../../functions/domain/workflow/workflow';

/** Noon of an ordinary day. */
export const noon = new Date('2026-11-22T12:00:00.000Z');

/**
 * When the things that tests put directly into the table were created. Reconciling looks at most 36 days back, so it does
 * not look for the audit rows that the product would have written with them.
 */
export const longBefore = new Date('2026-10-01T12:00:00.000Z');

const at = noon.toISOString();

export function aLog(message = 'Kicking off Spring Promo'): Step {
  return { type: 'log', message };
}

export function aDelay(seconds = 2): Step {
  return { type: 'delay', seconds };
}

export function aWebhookStep(overrides: Partial<Extract<Step, { type: 'fire_webhook_event' }>> = {}): Step {
  return {
    type: 'fire_webhook_event',
    event: 'campaign.kickoff',
    payload: { campaign: 'spring-2026', owner: 'marketing' },
    ...overrides,
  };
}

/** The Spring Promo recipe unless `overrides` says otherwise. */
export function aRecipe(overrides: Partial<Recipe> = {}): Recipe {
  return { steps: [aLog(), aDelay(), aWebhookStep()], ...overrides };
}

/** The cap is the plan's unless `overrides` has one. */
export function aTenant(overrides: Partial<Tenant> = {}): Tenant {
  const plan = overrides.plan ?? 'pro';
  return {
    id: 'acme',
    name: 'Acme',
    plan,
    ...capOf(plan),
    authoring: true,
    cursor_key: Buffer.alloc(32, 7).toString('base64'),
    last_run_number: 0,
    settled_upto: 0,
    used_by_day: {},
    ...overrides,
  };
}

export function aToken(overrides: Partial<Token> = {}): Token {
  return {
    id: 'tok_1',
    tenant_id: 'acme',
    kind: 'pat',
    name: 'CI token',
    scopes: ['workflows:read', 'workflows:run', 'workflows:write', 'webhooks:read', 'webhooks:write'],
    created_at: at,
    expires_at: null,
    // Recent, so that using the token writes nothing and no test counts that write.
    last_used_at: at,
    revoked_at: null,
    created_by: null,
    ...overrides,
  };
}

/** An app that a member approved long before, with an id of its own. */
export function aConnectedApp(overrides: Partial<ConnectedApp> = {}): ConnectedApp {
  return {
    id: `app_${ulid(longBefore.getTime())}`,
    tenant_id: 'acme',
    client_id: 'https://claude.example.com/client.json',
    name: 'Claude',
    host: 'claude.example.com',
    redirect_host: 'claude.example.com',
    scope: 'mcp',
    approved_by: 'ada@acme.example',
    created_at: longBefore.toISOString(),
    expires_at: '2027-10-01T12:00:00.000Z',
    // Recent, so that using its tokens writes nothing.
    last_used_at: at,
    first_refreshed_at: null,
    revoked_at: null,
    revoked_because: null,
    ...overrides,
  };
}

export function aWorkflow(overrides: Partial<Workflow> = {}): Workflow {
  return {
    id: 1,
    name: 'Spring Promo',
    description: null,
    active: true,
    version: 1,
    steps_total: 3,
    total_delay_seconds: 2,
    inputs: null,
    tool_name: null,
    created_at: at,
    updated_at: at,
    edit_mark: null,
    ...overrides,
  };
}

export function aRun(overrides: Partial<Run> = {}): Run {
  return {
    id: 1,
    uid: 'run_01KAPQ00000000000000000001',
    workflow_id: 1,
    workflow_name: 'Spring Promo',
    workflow_version: 1,
    status: 'queued',
    engine: 'express',
    cursor: 0,
    steps_total: 3,
    steps_succeeded: 0,
    steps_failed: 0,
    total_delay_seconds: 2,
    triggered_by: { channel: 'rest_api', name: 'CI token' },
    rerun_of: null,
    created_at: at,
    started_at: null,
    finished_at: null,
    deadline_at: '2026-11-22T18:00:02.000Z',
    resume_at: null,
    error: null,
    request_id: 'request-1',
    day: '2026-11-22',
    restarts: 0,
    ...overrides,
  };
}

export function aTrailEntry(overrides: Partial<TrailEntry> = {}): TrailEntry {
  return {
    type: 'log',
    status: 'succeeded',
    started_at: at,
    finished_at: at,
    output: { message: 'Kicking off Spring Promo' },
    error: null,
    ...overrides,
  };
}

export function aClaim(overrides: Partial<Claim> = {}): Claim {
  return {
    fingerprint: 'print',
    lease_until: '2026-11-22T12:01:00.000Z',
    last_run_number: 0,
    result: null,
    expires_at: '2026-11-23T12:00:00.000Z',
    ...overrides,
  };
}

/** With an id of its own. */
export function anEndpoint(overrides: Partial<Endpoint> = {}): Endpoint {
  return {
    id: newEndpointId(),
    url: 'https://hooks.example.com/in',
    events: ['campaign.*'],
    description: null,
    body: 'envelope',
    headers: {},
    max_per_second: 10,
    status: 'active',
    disabled_reason: null,
    disabled_at: null,
    disabling_announced: true,
    ...healthy,
    address_mark: null,
    edit_mark: null,
    created_at: at,
    updated_at: at,
    ...overrides,
  };
}
