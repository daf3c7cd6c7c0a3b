import * as z from 'zod/mini';
import { defaultStage } from '../functions/contract';

const hostNamesSchema = z.pipe(
  z.string().check(z.regex(/^[a-z0-9.,-]*$/, 'Host names in lower case, separated by commas, without scheme or port')),
  z.transform((list) => list.split(',').filter((host) => host !== '')),
);

const originsSchema = z.pipe(
  z
    .string()
    .check(
      z.regex(
        /^(https?:\/\/[a-z0-9.-]+(:\d+)?(,(?!$)|$))*$/,
        'Origins such as https://workflows.example.com, separated by commas',
      ),
    ),
  z.transform((list) => list.split(',').filter((origin) => origin !== '')),
);

/** Context of the CDK app (`npx cdk deploy -c stage=production -c supportEmail=…`), as typed by the operator. */
const settingsSchema = z.object({
  /**
   * Part of the stack's name, so an account holds as many stages as wanted. `production` keeps its data when the
   * stack goes; its look-alikes are refused because they would not.
   */
  stage: z._default(
    z.string().check(
      z.regex(/^[a-z][a-z0-9-]{0,19}$/, 'Lower-case letters, digits and hyphens, at most 20, a letter first'),
      z.refine((stage) => stage === 'production' || !/^(prod|prd|live)/.test(stage), 'Write "production"'),
    ),
    defaultStage,
  ),
  /** Named in the cap refusal and in the documentation. */
  supportEmail: z._default(z.email('An e-mail address'), 'support@example.com'),
  /** `standard` sends every run to the Standard machine, for its execution history at 25 $ per million transitions. */
  runEngine: z._default(z.enum(['auto', 'standard'], '"auto" or "standard"'), 'auto'),
  /** Comma-separated host names of this product, such as a custom domain, which webhooks must not call. */
  ownHosts: z._default(hostNamesSchema, []),
  /** Other origins the dashboard is served from, such as a custom domain, to which people may come back after signing in. */
  dashboardOrigins: z._default(originsSchema, []),
  /** An OpenID Connect issuer to use instead of a user pool of the stack's own: exactly the `iss` of its ID tokens. */
  oidcIssuer: z.optional(z.string().check(z.regex(/^https:\/\/[^\s?#]+$/, 'An https address without query'))),
  /** The dashboard's client id there: public, authorization code with PKCE. */
  oidcClientId: z.optional(z.string().check(z.regex(/^[\x21-\x7e]+$/, 'The client id that the issuer gave out'))),
  /** Scopes asked for there. They must put `email` and `email_verified` into the ID token. */
  oidcScope: z._default(
    z.string().check(z.regex(/^openid( \S+)*$/, '"openid" and other scopes, separated by blanks')),
    'openid email',
  ),
  /** Comma-separated origins of that issuer's endpoints, where they are not the issuer's own. */
  oidcOrigins: z._default(originsSchema, []),
});
export type Settings = z.infer<typeof settingsSchema>;

/** @throws Error naming each wrong setting, its value and what is allowed */
export function readSettings(contextValue: (key: string) => unknown): Settings {
  const given = Object.fromEntries(Object.keys(settingsSchema.shape).map((key) => [key, contextValue(key)]));
  const result = settingsSchema.safeParse(given);
  if (result.success) return withWholeIssuer(result.data);
  const faults = result.error.issues.map(({ path, message }) => {
    const key = path.join('.');
    return `Context setting ${key} is ${JSON.stringify(given[key])}. Allowed: ${message}.`;
  });
  throw new Error(faults.join('\n'));
}

/** Half an issuer would be a deployment nobody can sign in to. */
function withWholeIssuer(settings: Settings): Settings {
  if ((settings.oidcIssuer === undefined) === (settings.oidcClientId === undefined)) return settings;
  throw new Error(
    'Context settings oidcIssuer and oidcClientId go together: give both, or neither for a user pool of the stack.',
  );
}
