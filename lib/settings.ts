import * as z from 'zod/mini';
import { defaultStage } from '../functions/contract/stack';

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
  /** `firewall`: not the product but the web ACL to put in front of it, a small stack of its own in us-east-1. */
  part: z._default(z.enum(['product', 'firewall'], '"product" or "firewall"'), 'product'),
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
  /** Whom alarms wake, by e-mail; the address must confirm the subscription once. Absent: alarms only show in CloudWatch. */
  alarmEmail: z.optional(z.email('An e-mail address')),
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
  /** A host name of one's own for the one address, such as `workflows.example.com`. Needs `certificateArn`. */
  domainName: z.optional(
    z.string().check(z.regex(/^([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/, 'A host name in lower case, without scheme or port')),
  ),
  /** Certificate of `domainName`. CloudFront takes certificates of us-east-1 only, wherever the stack is. */
  certificateArn: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
          'The ARN of an ACM certificate in us-east-1, which is where CloudFront looks',
        ),
      ),
  ),
  /** Web ACL in front of the distribution, such as the one that `-c part=firewall` deploys. Of us-east-1, too. */
  webAclArn: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[^/]+\/[0-9a-f-]+$/,
          'The ARN of a WAF web ACL for CloudFront, which is in us-east-1',
        ),
      ),
  ),
  /** `customer`: table and queues under a key of this account that rotates and can be taken away; about 1 $ a month. */
  encryption: z._default(z.enum(['aws', 'customer'], '"aws" or "customer"'), 'aws'),
  /** `fixed`: webhooks come from addresses that receivers can put on a list; a NAT gateway's price, see docs/deploy.md#fixed-addresses. */
  egress: z._default(z.enum(['any', 'fixed'], '"any" or "fixed"'), 'any'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** @throws Error naming each wrong setting, its value and what is allowed */
export function readSettings(contextValue: (key: string) => unknown): Settings {
  const given = Object.fromEntries(Object.keys(settingsSchema.shape).map((key) => [key, contextValue(key)]));
  const result = settingsSchema.safeParse(given);
  if (result.success) return withWholeDomain(withWholeIssuer(result.data));
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

/** CloudFront answers no name without its certificate. */
function withWholeDomain(settings: Settings): Settings {
  if ((settings.domainName === undefined) === (settings.certificateArn === undefined)) return settings;
  throw new Error('Context settings domainName and certificateArn go together: give both, or neither.');
}
