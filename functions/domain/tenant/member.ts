import * as z from 'zod/mini';

/**
 * What a person may do in a tenant. `viewer` reads; `manage_agents` also runs, cancels, re-runs, (de)activates, and
 * manages webhook endpoints, tokens and connected apps.
 */
export const permissionSchema = z.enum(['viewer', 'manage_agents']);
export type Permission = z.infer<typeof permissionSchema>;

/** An account at the OpenID Connect issuer. `sub` is unique only together with `iss`. */
export const accountSchema = z.object({ iss: z.string(), sub: z.string() });
export type Account = z.infer<typeof accountSchema>;

/** A person in a tenant. A person in several tenants is a member of each, with the same e-mail address. */
export const memberSchema = z.object({
  tenant_id: z.string(),
  /** The address in the form that {@link readEmail} returns. */
  email: z.string(),
  permissions: z.array(permissionSchema),
  created_at: z.string(),
  /**
   * The account that first signed in with this e-mail address; absent until then. Any other account is refused, because
   * addresses can get new owners.
   */
  account: z.optional(accountSchema),
});
export type Member = z.infer<typeof memberSchema>;

const maxEmailCharacters = 254;

/**
 * Normalises an e-mail address to lower case, the form by which members are found. Undefined if it is none, or not
 * ASCII: in lower case some other letters become ASCII ones (`K`, the Kelvin sign, becomes `k`), which would turn one
 * person into another.
 */
export function readEmail(text: string): string | undefined {
  if (text.length > maxEmailCharacters || !/^[!-~]+$/.test(text)) return undefined;
  return /^[^@]+@[^@]+$/.test(text) ? text.toLowerCase() : undefined;
}

/** Adds `viewer` to `manage_agents`. The result is in the order of the schema, without duplicates. */
export function withImplied(permissions: readonly Permission[]): Permission[] {
  return permissionSchema.options.filter((permission) => permission === 'viewer' || permissions.includes(permission));
}

/** Whether `account` may act as this member: no account is bound yet, or this one is. */
export function mayActAs(member: Member, account: Account): boolean {
  return member.account === undefined || (member.account.iss === account.iss && member.account.sub === account.sub);
}

/**
 * The result of binding an account to a member. `was_bound`: a concurrent request of the same account bound it first;
 * treat it as success.
 */
export type Binding = 'bound' | 'was_bound' | 'taken';
