import * as z from 'zod/mini';
import { addSeconds } from '../day';
import { auditIds } from './audit-ids';
import { mcpScopeSchema } from './token';

/** How long a connected app may act unless the person who approves it says otherwise, and at most. */
export const defaultAppDays = 90;
export const maxAppDays = 365;

/** An app stays listed this long after it can no longer be used. */
export const listedAfterEndDays = 90;

/** Why a connected app no longer works. */
export const appEndSchema = z.enum([
  /** A member or the operator revoked it. */
  'revoked',
  /** The member who approved it was removed, or may no longer manage agents. */
  'member_removed',
  /** A code or a refresh token was used a second time, so somebody else may hold it (RFC 9700, sections 2.1.1 and 4.14.2). */
  'reuse_detected',
  /** The app itself ended the connection (RFC 7009). */
  'disconnected',
]);
export type AppEnd = z.infer<typeof appEndSchema>;

/**
 * An app that acts for a tenant over MCP because a member approved it: an OAuth client's grant. Its access and refresh
 * tokens work only while this is {@link isConnected}, whatever they say themselves.
 */
export const connectedAppSchema = z.object({
  id: z.string(),
  tenant_id: z.string(),
  client_id: z.string(),
  /** As the app calls itself. */
  name: z.string(),
  /** The host that proves who the app is, because it serves the app's metadata; null if nothing proves it. */
  host: z.nullable(z.string()),
  /** The host to which people are sent back after they approve. */
  redirect_host: z.string(),
  /** What it may do. Apps of earlier releases may use every tool. */
  scope: z._default(mcpScopeSchema, 'mcp'),
  /** E-mail address of the member who approved it. */
  approved_by: z.string(),
  created_at: z.string(),
  expires_at: z.string(),
  last_used_at: z.nullable(z.string()),
  /** When it first got new tokens for its refresh token. */
  first_refreshed_at: z.nullable(z.string()),
  revoked_at: z.nullable(z.string()),
  revoked_because: z.nullable(appEndSchema),
});
export type ConnectedApp = z.infer<typeof connectedAppSchema>;

/** A connected app as it is shown. */
export const connectedAppViewSchema = z.extend(
  z.omit(connectedAppSchema, { tenant_id: true, first_refreshed_at: true }),
  { status: z.enum(['active', 'expired', 'revoked']) },
);
export type ConnectedAppView = z.infer<typeof connectedAppViewSchema>;

type Approval = Pick<
  ConnectedApp,
  'tenant_id' | 'client_id' | 'name' | 'host' | 'redirect_host' | 'scope' | 'approved_by'
>;

/** @param days whole days until the app must be approved again, 1 to {@link maxAppDays} */
export function connectApp(
  approval: Approval,
  { days, now, newUlid }: { readonly days: number; readonly now: Date; readonly newUlid: () => string },
): ConnectedApp {
  return {
    id: `app_${newUlid()}`,
    ...approval,
    created_at: now.toISOString(),
    expires_at: addSeconds(now, days * 86_400).toISOString(),
    last_used_at: null,
    first_refreshed_at: null,
    revoked_at: null,
    revoked_because: null,
  };
}

/** Whether `text` has the form of an app's id, `app_` and a ULID. */
export function isAppId(text: string): boolean {
  return /^app_[0-9A-Z]{26}$/.test(text);
}

export function isConnected({ revoked_at, expires_at }: ConnectedApp, now: Date): boolean {
  return revoked_at === null && now.getTime() < Date.parse(expires_at);
}

/** What the audit row of an app's end says, whoever ended it. */
export function endOfApp({ id, name }: ConnectedApp, at: string, because: AppEnd | null) {
  return {
    id: auditIds.appEnded(id, at),
    at,
    action: because === 'reuse_detected' ? 'app.reuse_detected' : 'app.revoked',
    target: id,
    detail: { name, because },
  } as const;
}

/** What the audit row of an approval says. */
export function factsOfApp({ name, host, client_id, scope, expires_at }: ConnectedApp): Record<string, string | null> {
  return { name, host, client_id, scope, expires_at };
}

export function viewConnectedApp(
  { tenant_id: _owner, first_refreshed_at: _first, ...app }: ConnectedApp,
  now: Date,
): ConnectedAppView {
  const expired = Date.parse(app.expires_at) <= now.getTime();
  return { ...app, status: app.revoked_at !== null ? 'revoked' : expired ? 'expired' : 'active' };
}
