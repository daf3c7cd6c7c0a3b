import * as z from 'zod/mini';
import type { Stack, StackResource } from '../template/stack';
import { headersSchema, readHeaders } from './response-headers';
import { viewerFunction, type RewriteUri } from './viewer-function';

const distributionSchema = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z._default(z.array(z.object({ PathPattern: z.string() })), []),
    DefaultCacheBehavior: z.object({
      ResponseHeadersPolicyId: z.string(),
      FunctionAssociations: z.array(z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() })),
    }),
  }),
});
const functionSchema = z.object({ FunctionCode: z.string() });

/** The parts of the CloudFront distribution that the local run emulates. */
export interface Distribution {
  /** True if requests for the path go to the API; all others are served from the dashboard's files. */
  readonly isBehindApi: (path: string) => boolean;
  readonly rewriteUri: RewriteUri;
  /** Response headers of the files, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export function readDistribution(stack: Stack): Distribution {
  const [distribution] = stack.resources('AWS::CloudFront::Distribution');
  if (distribution === undefined) throw new Error('The stack has no distribution that serves the dashboard.');
  const { CacheBehaviors, DefaultCacheBehavior } = distribution.read(distributionSchema).DistributionConfig;
  const behindApi = CacheBehaviors.map(({ PathPattern }) => pathPattern(PathPattern));

  const functions = stack.resources('AWS::CloudFront::Function');
  const [association] = DefaultCacheBehavior.FunctionAssociations;
  const viewerRequest = requireResource(
    functions,
    ({ attributes }) => attributes['FunctionARN'] === association?.FunctionARN,
  );
  const policies = stack.resources('AWS::CloudFront::ResponseHeadersPolicy');
  const policy = requireResource(policies, ({ ref }) => ref === DefaultCacheBehavior.ResponseHeadersPolicyId);
  return {
    isBehindApi: (path) => behindApi.some((pattern) => pattern.test(path)),
    rewriteUri: viewerFunction(viewerRequest.read(functionSchema).FunctionCode),
    headers: readHeaders(policy.read(headersSchema)),
  };
}

function requireResource(
  resources: readonly StackResource[],
  matches: (resource: StackResource) => boolean,
): StackResource {
  const resource = resources.find(matches);
  if (resource === undefined) throw new Error('The distribution refers to a resource that is not in the stack.');
  return resource;
}

/**
 * `*` stands for any number of characters and `?` for exactly one:
 * docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
function pathPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
