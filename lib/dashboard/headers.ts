import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { documentSecurityPolicy } from '../../functions/contract/documents';

/**
 * Response headers of every file of the dashboard.
 *
 * @param signInOrigins origins to which the page sends requests in addition to its own
 */
export function dashboardHeaders(
  scope: Construct,
  id: string,
  signInOrigins: readonly string[],
): ResponseHeadersPolicy {
  return securityHeaders(scope, id, 'Security headers of the dashboard', contentSecurityPolicy(signInOrigins));
}

/** Response headers of the descriptions of the API. */
export function documentHeaders(scope: Construct, id: string): ResponseHeadersPolicy {
  return securityHeaders(scope, id, 'Security headers of the descriptions of the API', documentSecurityPolicy);
}

/**
 * `WWW-Authenticate` on the responses of the MCP server, of which API Gateway renames its own: a policy applies to every
 * response, also to a 4xx, and RFC 9110, section 11.6.1, allows the header on any. It completes what `challenge.js`
 * answers itself.
 *
 * @param domainName the stack's own; the name that CloudFront gives is not known here, because the distribution that gets it
 *   refers to this policy. Clients then find the metadata by its well-known address.
 */
export function challengeHeader(scope: Construct, id: string, domainName: string | undefined): ResponseHeadersPolicy {
  const metadata =
    domainName === undefined
      ? ''
      : `resource_metadata="https://${domainName}/.well-known/oauth-protected-resource/mcp", `;
  return new ResponseHeadersPolicy(scope, id, {
    comment: 'Tells MCP clients whose token was refused how to sign in',
    customHeadersBehavior: {
      customHeaders: [{ header: 'WWW-Authenticate', value: `Bearer ${metadata}scope="mcp"`, override: false }],
    },
  });
}

function securityHeaders(scope: Construct, id: string, comment: string, policy: string): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, id, {
    comment,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
        { header: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=()', override: true },
      ],
    },
  });
}

/** Only scripts and styles from our own origin are allowed. The editor embeds a few icons as `data:` images. */
function contentSecurityPolicy(signInOrigins: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${signInOrigins.join(' ')}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
