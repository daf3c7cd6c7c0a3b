import { ProductError } from '../../domain/errors';
import type { Account, Permission } from '../../domain/tenant/member';
import type { Channel } from '../../domain/tenant/plan';
import type { Scope } from '../../domain/tenant/token';

/** The authenticated caller. This is the only source of the tenant id; it never comes from a path or a body. */
export interface Caller {
  readonly tenantId: string;
  readonly channel: Channel;
  /** The token's name, or the member's e-mail. */
  readonly name: string;
  /** What the caller presented: the id of a token, or `member` and the e-mail address. It stays the same while a name changes. */
  readonly credential: string;
  /** Scopes of a token; a member has none. */
  readonly scopes: readonly Scope[];
  /** Permissions of a member; a token has none. */
  readonly permissions: readonly Permission[];
  /** The account that a member signed in with. */
  readonly account?: Account;
  /** Set when a member of several tenants did not name one: the tenants to choose from. */
  readonly tenantChoice?: readonly string[];
}

/** Who may call a route: a token with `scope`, or a member signed in to the dashboard with `permission`. */
export interface Access {
  /** `any` admits every token; `none` admits no token, only members. */
  readonly scope: Scope | 'any' | 'none';
  readonly permission: Permission;
}

/** @throws ProductError `insufficient_scope` or `permission_required`, naming what is missing */
export function requireAccess(caller: Caller, { scope, permission }: Access): void {
  if (caller.channel === 'dashboard') requirePermission(caller, permission);
  else if (scope === 'none') throw membersOnly();
  else if (scope !== 'any' && !caller.scopes.includes(scope)) {
    throw new ProductError('insufficient_scope', `This token lacks the scope ${scope}; issue one that has it.`);
  }
}

/** Whether the caller may do what this access is required for, without asking for it. */
export function hasAccess(caller: Caller, { scope, permission }: Access): boolean {
  if (caller.channel === 'dashboard') return caller.permissions.includes(permission);
  return scope === 'any' || (scope !== 'none' && caller.scopes.includes(scope));
}

function requirePermission(caller: Caller, permission: Permission): void {
  if (caller.permissions.includes(permission)) return;
  throw new ProductError(
    'permission_required',
    `This needs the permission ${permission}, which ${caller.name} does not have in this tenant; ask for it where your members are managed.`,
  );
}

function membersOnly(): ProductError {
  return new ProductError(
    'permission_required',
    'This is for people: sign in to the dashboard. No access token opens it.',
  );
}
