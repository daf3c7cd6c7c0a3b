import * as z from 'zod/mini';
import { defaultStage } from '../functions/contract';

const hostNamesSchema = z.pipe(
  z.string().check(z.regex(/^[a-z0-9.,-]*$/, 'Host names in lower case, separated by commas, without scheme or port')),
  z.transform((list) => list.split(',').filter((host) => host !== '')),
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
});
export type Settings = z.infer<typeof settingsSchema>;

/** @throws Error naming each wrong setting, its value and what is allowed */
export function readSettings(contextValue: (key: string) => unknown): Settings {
  const given = Object.fromEntries(Object.keys(settingsSchema.shape).map((key) => [key, contextValue(key)]));
  const result = settingsSchema.safeParse(given);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => {
    const key = path.join('.');
    return `Context setting ${key} is ${JSON.stringify(given[key])}. Allowed: ${message}.`;
  });
  throw new Error(faults.join('\n'));
}
