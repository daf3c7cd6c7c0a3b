import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseCustomHeader,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { documentSecurityPolicy } from '../../functions/contract/documents';
import { challenge } from '../../functions/contract/mcp';
import { accountWideName } from '../names';

/**
 * Response headers of the files of the dashboard.
 *
 * @param signInOrigins origins to which the page sends requests in addition to its own
 */
export function dashboardHeaders(
  scope: Construct,
  id: string,
  signInOrigins: readonly string[],
): ResponseHeadersPolicy {
  const policy = contentSecurityPolicy(signInOrigins);
  return securityHeaders(scope, id, 'Security headers of the dashboard', policy, [aloneInItsWindow]);
}

/**
 * Response headers of the pages that an app shows in a window that it opened: the page on which a person approves it, and
 * the one to which the sign-in leads back. The app waits in its own window for what this one brings back, and a page that
 * insists on a window of its own would cut the two off for good: the app would think that the window was closed.
 */
export function connectHeaders(scope: Construct, id: string, signInOrigins: readonly string[]): ResponseHeadersPolicy {
  const comment = 'Security headers of the pages that apps open in a window';
  return securityHeaders(scope, id, comment, contentSecurityPolicy(signInOrigins));
}

/** Response headers of the descriptions of the API. */
export function documentHeaders(scope: Construct, id: string): ResponseHeadersPolicy {
  const comment = 'Security headers of the descriptions of the API';
  return securityHeaders(scope, id, comment, documentSecurityPolicy, [aloneInItsWindow]);
}

/** Windows of other sites that opened the page, or that it opened, get no hold of it. */
const aloneInItsWindow = { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true };

/**
 * `WWW-Authenticate` on the responses of the MCP server, of which API Gateway renames its own: a policy applies to every
 * response, also to a 4xx, and RFC 9110, section 11.6.1, allows the header on any. It completes what `challenge.js`
 * answers itself.
 *
 * @param domainName the stack's own; the name that CloudFront gives is not known here, because the distribution that gets it
 *   refers to this policy. Clients then find the metadata by its well-known address.
 */
export function challengeHeader(scope: Construct, id: string, domainName: string | undefined): ResponseHeadersPolicy {
  const value = challenge(domainName && `https://${domainName}`);
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: accountWideName(scope, id),
    comment: 'Tells MCP clients whose token was refused how to sign in',
    customHeadersBehavior: {
      customHeaders: [{ header: 'WWW-Authenticate', value, override: false }],
    },
  });
}

function securityHeaders(
  scope: Construct,
  id: string,
  comment: string,
  policy: string,
  further: readonly ResponseCustomHeader[] = [],
): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: accountWideName(scope, id),
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
        ...further,
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
