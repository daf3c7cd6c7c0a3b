import * as z from 'zod/mini';

/** The fields of a response headers policy that the stack uses. */
export const headersSchema = z.object({
  ResponseHeadersPolicyConfig: z.strictObject({
    Name: z.string(),
    Comment: z.string(),
    CustomHeadersConfig: z.object({
      Items: z.array(z.object({ Header: z.string(), Value: z.string(), Override: z.boolean() })),
    }),
    SecurityHeadersConfig: z.optional(
      z.strictObject({
        ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }),
        ContentTypeOptions: z.object({}),
        FrameOptions: z.object({ FrameOption: z.string() }),
        ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }),
        StrictTransportSecurity: z.object({ AccessControlMaxAgeSec: z.int(), IncludeSubdomains: z.boolean() }),
      }),
    ),
  }),
});

/** The headers that CloudFront would add, with names in lower case. */
export function readHeaders({
  ResponseHeadersPolicyConfig: policy,
}: z.infer<typeof headersSchema>): Record<string, string> {
  const custom = Object.fromEntries(
    policy.CustomHeadersConfig.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value]),
  );
  const security = policy.SecurityHeadersConfig;
  if (security === undefined) return custom;
  const { AccessControlMaxAgeSec: maxAge, IncludeSubdomains: subdomains } = security.StrictTransportSecurity;
  return {
    'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': security.FrameOptions.FrameOption,
    'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
    'strict-transport-security': `max-age=${maxAge}${subdomains ? '; includeSubDomains' : ''}`,
    ...custom,
  };
}
