import * as z from 'zod/mini';
import { usualConcurrency } from './concurrency';
import { defaultStage, stageThrottle } from '../functions/contract/stack';

const hostNamesSchema = z.pipe(
  z.string().check(z.regex(/^[a-z0-9.,-]*$/, 'host names in lower case, separated by commas, without scheme or port')),
  z.transform((list) => list.split(',').filter((host) => host !== '')),
);

const originsSchema = z.pipe(
  z
    .string()
    .check(
      z.regex(
        /^(https?:\/\/[a-z0-9.-]+(:\d+)?(,(?!$)|$))*$/,
        'origins such as https://workflows.example.com, separated by commas',
      ),
    ),
  z.transform((list) => list.split(',').filter((origin) => origin !== '')),
);

/** Context of the CDK app (`npm run deploy -- -c stage=production -c supportEmail=…`), as typed by the operator. */
const settingsSchema = z.object({
  /** What to deploy: the product, or with `firewall` the small separate stack in us-east-1 with a web ACL for it. */
  part: z._default(z.enum(['product', 'firewall'], '"product" or "firewall"'), 'product'),
  /**
   * Part of the stack's name, so that an account can hold any number of stages. Only `production` keeps its data when
   * the stack is deleted. Similar names such as `prod` are refused, because those stages would lose their data.
   */
  stage: z._default(
    z.string().check(
      z.regex(/^[a-z][a-z0-9-]{0,19}$/, 'up to 20 lower-case letters, digits and hyphens, beginning with a letter'),
      z.refine(
        (stage) => stage === 'production' || !/^(prod|prd|live)/.test(stage),
        '"production" for the stage that keeps its data, or a name that does not look like it',
      ),
      // The address of the sign-in pages contains the stage:
      // docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html
      z.refine(
        (stage) => !/aws|amazon|cognito/.test(stage),
        'a name without "aws", "amazon" and "cognito", which Cognito refuses in the address of its sign-in pages',
      ),
    ),
    defaultStage,
  ),
  /**
   * `off` lets production be deleted with its data. `npm run deploy` sets it while it creates the stack, so that a
   * deployment that fails can take back what it created, and protects the stack as soon as it exists.
   */
  protection: z._default(z.enum(['on', 'off'], '"on" or "off"'), 'on'),
  /** Address that is printed in the message that refuses a run above the daily cap, and in the dashboard. */
  supportEmail: z._default(z.email('an e-mail address'), 'support@example.com'),
  /**
   * Address that receives the alarms by e-mail, after its owner has confirmed the subscription once. Without it, alarms
   * are visible only in CloudWatch.
   */
  alarmEmail: z.optional(z.email('an e-mail address')),
  /**
   * `standard` sends every run to the Standard state machine, which keeps an execution history and costs 25 $ per
   * million state transitions. `auto` sends them to Express.
   */
  runEngine: z._default(z.enum(['auto', 'standard'], '"auto" or "standard"'), 'auto'),
  /**
   * How a deployment moves requests to the new version of the doors, see `Release`. Unless set, `canary` in production and
   * `at-once` on other stages.
   */
  release: z.optional(z.enum(['canary', 'at-once'], '"canary" or "at-once"')),
  /**
   * The account's quota of concurrent Lambda executions in the Region, see `concurrencyOf`. `npm run deploy` asks Lambda for it. A
   * smaller number leaves more to the account's other functions.
   */
  concurrency: z._default(
    z.coerce.number('a whole number from 10 to 1,000,000').check(z.int(), z.gte(10), z.lte(1_000_000)),
    usualConcurrency,
  ),
  /** Comma-separated further host names of this product, such as a proxy's, which webhooks must not call. */
  ownHosts: z._default(hostNamesSchema, []),
  /**
   * Comma-separated further origins that serve the dashboard, such as a proxy's. The issuer may send people back to
   * them after they sign in.
   */
  dashboardOrigins: z._default(originsSchema, []),
  /** An OpenID Connect issuer to use instead of a user pool of this stack, exactly as in the `iss` of its ID tokens. */
  oidcIssuer: z.optional(z.string().check(z.regex(/^https:\/\/[^\s?#]+$/, 'an https address without a query'))),
  /** The dashboard's client id at that issuer: a public client that uses the authorization code with PKCE. */
  oidcClientId: z.optional(z.string().check(z.regex(/^[\x21-\x7e]+$/, 'the client id that the issuer assigned'))),
  /** Scopes to request from that issuer. They must put `email` and `email_verified` into the ID token. */
  oidcScope: z._default(
    z.string().check(z.regex(/^openid( \S+)*$/, '"openid" followed by other scopes, separated by blanks')),
    'openid email',
  ),
  /** Comma-separated origins of that issuer's endpoints, if they differ from the issuer's own origin. */
  oidcOrigins: z._default(originsSchema, []),
  /** A custom domain for the distribution, such as `workflows.example.com`. It needs `certificateArn` too. */
  domainName: z.optional(
    z.string().check(z.regex(/^([a-z0-9-]{1,63}\.)+[a-z]{2,63}$/, 'a host name in lower case, without scheme or port')),
  ),
  /** Certificate for `domainName`. CloudFront accepts certificates from us-east-1 only, wherever the stack is. */
  certificateArn: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]+$/,
          'the ARN of an ACM certificate in us-east-1, the only Region from which CloudFront accepts certificates',
        ),
      ),
  ),
  /**
   * Generation of the secret that the distribution sends to the API. A deployment with the next number replaces the
   * secret; a jump of more than one would make the API refuse requests for some minutes of that deployment.
   */
  originSecret: z._default(
    z.pipe(
      z
        .union([z.string(), z.number()])
        .check(z.refine((given) => /^[1-9]\d{0,5}$/.test(String(given)), 'a whole number from 1')),
      z.transform(Number),
    ),
    1,
  ),
  /**
   * Throttle of the API's stage in requests a second, for all callers together. It also bounds what strangers can cost
   * there; docs/cost-and-speed.md has the arithmetic.
   */
  requestsPerSecond: z._default(
    z.pipe(
      z
        .union([z.string(), z.number()])
        .check(z.refine((given) => /^([1-9]\d{0,3}|10000)$/.test(String(given)), 'a whole number from 1 to 10000')),
      z.transform(Number),
    ),
    stageThrottle.rateLimit,
  ),
  /** Web ACL in front of the distribution, such as the one that `-c part=firewall` deploys; in us-east-1 as well. */
  webAclArn: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\/[^/]+\/[0-9a-f-]+$/,
          'the ARN of a WAF web ACL for CloudFront, which must be in us-east-1',
        ),
      ),
  ),
  /**
   * `customer` encrypts the table and the queues with a KMS key of this account, which rotates and which its owner can
   * disable; it costs about 1 $ a month.
   */
  encryption: z._default(z.enum(['aws', 'customer'], '"aws" or "customer"'), 'aws'),
  /**
   * `fixed` sends webhooks from addresses that receivers can put on an allow list; it costs a NAT gateway, see
   * docs/deploy.md#fixed-addresses.
   */
  egress: z._default(z.enum(['any', 'fixed'], '"any" or "fixed"'), 'any'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** @throws Error that names each wrong setting, its value and what is allowed */
export function readSettings(contextValue: (key: string) => unknown): Settings {
  const context = Object.fromEntries(Object.keys(settingsSchema.shape).map((key) => [key, contextValue(key)]));
  const result = settingsSchema.safeParse(context);
  if (result.success) return requireWholeDomain(requireWholeIssuer(result.data));
  const faults = result.error.issues.map(({ path, message }) => {
    const key = path.join('.');
    return `The context setting ${key} is ${JSON.stringify(context[key])}. It must be ${message}.`;
  });
  throw new Error(faults.join('\n'));
}

/** With only one of the two settings, nobody could sign in to the deployment. */
function requireWholeIssuer(settings: Settings): Settings {
  if ((settings.oidcIssuer === undefined) === (settings.oidcClientId === undefined)) return settings;
  throw new Error(
    'Set both oidcIssuer and oidcClientId, or neither of them: without them the stack creates a user pool.',
  );
}

/** CloudFront serves a custom domain only with a certificate for it. */
function requireWholeDomain(settings: Settings): Settings {
  if ((settings.domainName === undefined) === (settings.certificateArn === undefined)) return settings;
  throw new Error('Set both domainName and certificateArn, or neither of them.');
}
