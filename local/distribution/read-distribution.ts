import * as z from 'zod/mini';
import type { Stack, StackResource } from '../template/stack';
import { pathPattern } from './path-pattern';
import { headersSchema, readHeaders } from './response-headers';
import { viewerFunction, type RewriteUri } from './viewer-function';

const behaviorSchema = z.object({
  TargetOriginId: z.string(),
  Compress: z._default(z.boolean(), false),
  ResponseHeadersPolicyId: z.optional(z.string()),
  FunctionAssociations: z._default(
    z.array(z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() })),
    [],
  ),
});
const distributionSchema = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z._default(z.array(z.extend(behaviorSchema, { PathPattern: z.string() })), []),
    DefaultCacheBehavior: behaviorSchema,
    // An origin without this property is the bucket.
    Origins: z.array(z.object({ Id: z.string(), CustomOriginConfig: z.optional(z.unknown()) })),
  }),
});
const functionSchema = z.object({ FunctionCode: z.string() });

/** How the files of a path are served. */
export interface FileBehavior {
  readonly rewriteUri: RewriteUri;
  /** Response headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly compress: boolean;
}

/** The parts of the CloudFront distribution that the local run emulates. */
export interface Distribution {
  /** Undefined if requests for the path go to the API. */
  readonly filesAt: (path: string) => FileBehavior | undefined;
}

export function readDistribution(stack: Stack): Distribution {
  const [distribution] = stack.resources('AWS::CloudFront::Distribution');
  if (distribution === undefined) throw new Error('The stack has no distribution that serves the dashboard.');
  const { CacheBehaviors, DefaultCacheBehavior, Origins } = distribution.read(distributionSchema).DistributionConfig;
  const api = Origins.filter(({ CustomOriginConfig }) => CustomOriginConfig !== undefined).map(({ Id }) => Id);
  const read = (behavior: z.infer<typeof behaviorSchema>): FileBehavior | undefined =>
    api.includes(behavior.TargetOriginId) ? undefined : readFileBehavior(stack, behavior);

  const behaviors = CacheBehaviors.map((one) => ({ pattern: pathPattern(one.PathPattern), files: read(one) }));
  const otherwise = read(DefaultCacheBehavior);
  return {
    filesAt: (path) => {
      // The first behavior whose pattern matches applies.
      const behavior = behaviors.find(({ pattern }) => pattern.test(path));
      return behavior === undefined ? otherwise : behavior.files;
    },
  };
}

function readFileBehavior(
  stack: Stack,
  { Compress, ResponseHeadersPolicyId, FunctionAssociations }: z.infer<typeof behaviorSchema>,
): FileBehavior {
  const policies = stack.resources('AWS::CloudFront::ResponseHeadersPolicy');
  const policy = requireResource(policies, ({ ref }) => ref === ResponseHeadersPolicyId);
  const [association] = FunctionAssociations;
  return {
    rewriteUri: association === undefined ? (uri) => uri : readViewerFunction(stack, association.FunctionARN),
    headers: readHeaders(policy.read(headersSchema)),
    compress: Compress,
  };
}

function readViewerFunction(stack: Stack, arn: string): RewriteUri {
  const functions = stack.resources('AWS::CloudFront::Function');
  const viewerRequest = requireResource(functions, ({ attributes }) => attributes['FunctionARN'] === arn);
  return viewerFunction(viewerRequest.read(functionSchema).FunctionCode);
}

function requireResource(
  resources: readonly StackResource[],
  matches: (resource: StackResource) => boolean,
): StackResource {
  const resource = resources.find(matches);
  if (resource === undefined) throw new Error('The distribution refers to a resource that is not in the stack.');
  return resource;
}
