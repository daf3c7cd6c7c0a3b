import * as z from 'zod/mini';
import type { Stack, StackResource } from '../template/stack';
import { pathPattern } from './path-pattern';
import { headersSchema, readHeaders } from './response-headers';
import { viewerFunction, type ViewerFunction } from './viewer-function';

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

/** What CloudFront does with a request for a path, and with the response. */
interface Behavior {
  readonly atViewer: ViewerFunction;
  /** Response headers, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How the files of a path are served. */
export interface FileBehavior extends Behavior {
  readonly compress: boolean;
}

/** The parts of the CloudFront distribution that the local run emulates. */
export interface Distribution {
  /** Undefined if requests for the path go to the API. */
  readonly filesAt: (path: string) => FileBehavior | undefined;
  /** Undefined if requests for the path go to the bucket. */
  readonly apiAt: (path: string) => Behavior | undefined;
}

/** In a stack without a distribution, every request goes to the API as it is. */
export function readDistribution(stack: Stack): Distribution {
  const [distribution] = stack.resources('AWS::CloudFront::Distribution');
  if (distribution === undefined) return { filesAt: () => undefined, apiAt: () => undefined };
  const { CacheBehaviors, DefaultCacheBehavior, Origins } = distribution.read(distributionSchema).DistributionConfig;
  const api = Origins.filter(({ CustomOriginConfig }) => CustomOriginConfig !== undefined).map(({ Id }) => Id);
  const read = (behavior: z.infer<typeof behaviorSchema>) => ({
    isApi: api.includes(behavior.TargetOriginId),
    ...readBehavior(stack, behavior),
  });

  const behaviors = CacheBehaviors.map((one) => ({ pattern: pathPattern(one.PathPattern), ...read(one) }));
  const otherwise = read(DefaultCacheBehavior);
  // The first behavior whose pattern matches applies.
  const behaviorAt = (path: string) => behaviors.find(({ pattern }) => pattern.test(path)) ?? otherwise;
  const when = (path: string, isApi: boolean) => {
    const behavior = behaviorAt(path);
    return behavior.isApi === isApi ? behavior : undefined;
  };
  return { filesAt: (path) => when(path, false), apiAt: (path) => when(path, true) };
}

function readBehavior(
  stack: Stack,
  { Compress, ResponseHeadersPolicyId, FunctionAssociations }: z.infer<typeof behaviorSchema>,
): FileBehavior {
  const [association] = FunctionAssociations;
  return {
    atViewer: association === undefined ? ({ uri }) => ({ uri }) : readViewerFunction(stack, association.FunctionARN),
    headers: ResponseHeadersPolicyId === undefined ? {} : readPolicy(stack, ResponseHeadersPolicyId),
    compress: Compress,
  };
}

function readPolicy(stack: Stack, id: string): Record<string, string> {
  const policies = stack.resources('AWS::CloudFront::ResponseHeadersPolicy');
  return readHeaders(requireResource(policies, ({ ref }) => ref === id).read(headersSchema));
}

function readViewerFunction(stack: Stack, arn: string): ViewerFunction {
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
