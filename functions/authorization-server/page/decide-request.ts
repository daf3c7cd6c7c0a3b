import { ProductError } from '../../domain/errors';
import { auditIds } from '../../domain/tenant/audit-ids';
import { authorizationDecisionSchema, authorizationOutcomeSchema } from '../../domain/tenant/authorization-request';
import { connectApp, factsOfApp, type ConnectedApp } from '../../domain/tenant/connected-app';
import { requirePlan } from '../../domain/tenant/plan';
import { requireAccess } from '../../edge/http/caller';
import { parseBody } from '../../edge/http/parse-request';
import type { Call, GuardedRoute } from '../../edge/http/route';
import { writeReference } from '../library/app-reference';
import { keepDocument } from '../client/approved-document';
import type { PageDeps } from '../deps';
import { endApp } from '../library/end-app';
import { findRequest, gone, type OpenRequest } from './find-request';
import { oauthPaths } from '../paths';

/**
 * Approves or denies what an app asks for. The person is known by their ID token in a header, which no other site can send;
 * the cookie only tells that it is the browser in which the app asked.
 */
export function decideRequest(deps: PageDeps): GuardedRoute {
  return {
    method: 'POST',
    path: `${oauthPaths.interaction}/{uid}/decision`,
    operationId: 'decideAuthorizationRequest',
    summary: 'Approve or deny what an app asks for',
    access: { scope: 'none', permission: 'viewer' },
    plan: 'any_in_dashboard',
    // A second decision finds none to make.
    repeatable: true,
    body: authorizationDecisionSchema,
    replies: { 200: authorizationOutcomeSchema },
    errors: ['permission_required', 'plan_required', 'not_found', 'limit_reached', 'invalid_request'],
    act: async (call) => {
      const decision = parseBody(authorizationDecisionSchema, call.request.body);
      const provider = await deps.provider();
      const open = await findRequest(provider, call);
      if (decision.decision === 'approve') {
        open.interaction.result = approval(await approve(deps, call, open, decision.expires_in_days));
      } else {
        await takeDecision(deps, open);
        open.interaction.result = { error: 'access_denied', error_description: 'the person denied the request' };
      }
      await open.interaction.persist();
      return { status: 200, body: { location: open.interaction.returnTo } };
    },
  };
}

/** The library's own form of a decision. The app is both the account and the grant. */
function approval(app: ConnectedApp) {
  const reference = writeReference({ tenantId: app.tenant_id, appId: app.id });
  return { login: { accountId: reference, remember: false }, consent: { grantId: reference } };
}

async function approve(deps: PageDeps, call: Call, open: OpenRequest, days: number): Promise<ConnectedApp> {
  const { asked, clientId } = open;
  const { tenantId, name: approvedBy } = call.caller;
  requireAccess(call.caller, { scope: 'none', permission: 'manage_agents' });
  requirePlan((await call.tenant()).plan, 'mcp');
  const now = deps.now();
  const app = connectApp(
    {
      tenant_id: tenantId,
      client_id: clientId,
      name: asked.name,
      host: asked.host,
      redirect_host: asked.redirect_host,
      scope: asked.scope,
      approved_by: approvedBy,
    },
    { days, now, newUlid: deps.newUlid },
  );
  await deps.dailyCounts.count(tenantId, 'changes_per_day', now);
  await deps.places.take(tenantId, 'connected_apps', app.id, now);
  await takeDecision(deps, open).catch(async (error: unknown) => {
    await deps.places.free(tenantId, 'connected_apps', app.id);
    throw error;
  });
  await keepDocumentOf(deps, clientId);
  await deps.record(
    tenantId,
    () => deps.connectedApps.put(app),
    () => ({
      id: auditIds.appApproved(app.id),
      at: app.created_at,
      actor: { channel: call.caller.channel, name: approvedBy },
      action: 'app.approved',
      target: app.id,
      request_id: call.request.requestId,
      detail: factsOfApp(app),
    }),
  );
  await requireStillMember(deps, app, call.request.requestId);
  return app;
}

/** Registered clients need none: their id holds what they said. */
async function keepDocumentOf(deps: PageDeps, clientId: string): Promise<void> {
  if (!clientId.startsWith('https://')) return;
  const client = await (await deps.provider()).Client.find(clientId);
  const { clientName: client_name, redirectUris: redirect_uris } = client ?? {};
  if (client_name === undefined || redirect_uris === undefined) throw gone();
  await keepDocument(deps, clientId, { client_name, redirect_uris });
}

/** @throws ProductError `not_found` if another decision was faster */
async function takeDecision({ authorizations, now }: PageDeps, { interaction }: OpenRequest): Promise<void> {
  if (!(await authorizations.consume('Interaction', interaction.uid, now()))) throw gone();
}

/**
 * The person may have been removed since they were identified. Whoever removes them ends their apps after that, so either
 * that removal sees this app, or this look sees the removal.
 */
async function requireStillMember(deps: PageDeps, app: ConnectedApp, requestId: string): Promise<void> {
  const member = await deps.members.get(app.tenant_id, app.approved_by);
  if (member?.permissions.includes('manage_agents') === true) return;
  const reference = writeReference({ tenantId: app.tenant_id, appId: app.id });
  await endApp(deps, reference, { because: 'member_removed', requestId });
  throw new ProductError('permission_required', 'You may no longer approve apps in this tenant.');
}
