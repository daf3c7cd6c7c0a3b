import * as z from 'zod/mini';

/** What a person may do in a tenant: `viewer` reads; `manage_agents` also runs, cancels, re-runs, (de)activates, and manages webhook endpoints and tokens. */
export const permissionSchema = z.enum(['viewer', 'manage_agents']);
export type Permission = z.infer<typeof permissionSchema>;

/** An account at the OpenID Connect issuer; `sub` means something only together with `iss`. */
export const accountSchema = z.object({ iss: z.string(), sub: z.string() });
export type Account = z.infer<typeof accountSchema>;

/** A person in a tenant. Someone in several tenants is a member of each, under one e-mail. */
export const memberSchema = z.object({
  tenant_id: z.string(),
  /** As {@link readEmail} gives it. */
  email: z.string(),
  permissions: z.array(permissionSchema),
  created_at: z.string(),
  /** The account that signed in first under this e-mail; absent until then. Another one is refused ever after: addresses get new owners. */
  account: z.optional(accountSchema),
});
export type Member = z.infer<typeof memberSchema>;

const maxEmailCharacters = 254;

/**
 * An e-mail as members are found by: in lower case. Undefined for what is none, and for anything but ASCII: some other
 * letters turn into ASCII ones in lower case (`K`, the Kelvin sign, into `k`), and so one person into another.
 */
export function readEmail(text: string): string | undefined {
  if (text.length > maxEmailCharacters || !/^[!-~]+$/.test(text)) return undefined;
  return /^[^@]+@[^@]+$/.test(text) ? text.toLowerCase() : undefined;
}

/** Whoever manages also reads. In the order of the schema, each once. */
export function withImplied(permissions: readonly Permission[]): Permission[] {
  return permissionSchema.options.filter((permission) => permission === 'viewer' || permissions.includes(permission));
}

/** Whether `account` may act as this member: nobody has yet, or it did before. */
export function mayActAs(member: Member, account: Account): boolean {
  return member.account === undefined || (member.account.iss === account.iss && member.account.sub === account.sub);
}

/** How an account's wish to be a member ended: `was_bound` is success too, of a request that was a little faster. */
export type Binding = 'bound' | 'was_bound' | 'taken';
