import * as z from 'zod/mini';
import type { Functions } from '../lambda/functions';
import type { InvokeFunction } from '../lambda/invoke';
import type { Stack } from '../template/stack';

const routePropertiesSchema = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  // An authorizer is an error, because without it the route would be open here but closed in AWS.
  AuthorizationType: z.optional(z.literal('NONE')),
});
const integrationPropertiesSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});

export interface Route {
  /** `GET /path/{id}`, `ANY /path/{proxy+}` or `$default`. */
  readonly key: string;
  readonly invoke: InvokeFunction;
}

export interface RouteMatch extends Route {
  readonly pathParameters: Readonly<Record<string, string>>;
}

export type FindRoute = (method: string, path: string) => RouteMatch | undefined;

export function readRoutes(stack: Stack, functions: Functions): Route[] {
  const integrations = new Map(
    stack
      .resources('AWS::ApiGatewayV2::Integration')
      .map(({ ref, read }) => [`integrations/${ref}`, read(integrationPropertiesSchema)]),
  );
  return stack.resources('AWS::ApiGatewayV2::Route').map(({ read }) => {
    const { RouteKey, Target } = read(routePropertiesSchema);
    const integration = integrations.get(Target);
    if (!integration)
      throw new Error(`The route ${RouteKey} leads to ${Target}, which is not an integration of the stack.`);
    return { key: RouteKey, invoke: functions.named(integration.IntegrationUri) };
  });
}

/**
 * Chooses a route as API Gateway does: a literal path part has priority over a parameter, and a parameter over a greedy
 * one; a method has priority over `ANY`; `$default` comes last.
 * docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function routeFinder(routes: readonly Route[]): FindRoute {
  const patterns = routes
    .filter(({ key }) => key !== '$default')
    .map((route) => ({ ...route, ...readKey(route.key) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
  const fallback = routes.find(({ key }) => key === '$default');
  return (method, path) => {
    for (const { key, invoke, method: accepted, pattern } of patterns) {
      const match = accepted === 'ANY' || accepted === method ? pattern.exec(path) : null;
      if (match) return { key, invoke, pathParameters: { ...match.groups } };
    }
    return fallback && { ...fallback, pathParameters: {} };
  };
}

function readKey(key: string): { method: string; pattern: RegExp; rank: readonly number[] } {
  const [method = '', path = ''] = key.split(' ');
  const parts = path.split('/').map((part) => {
    const [, name, greedy] = /^\{([^+}]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) return { source: escapeRegExp(part), rank: 0 };
    return greedy ? { source: `(?<${name}>.+)`, rank: 2 } : { source: `(?<${name}>[^/]+)`, rank: 1 };
  });
  return {
    method,
    // A line feed is a character like any other, and a path may hold one.
    pattern: new RegExp(`^${parts.map(({ source }) => source).join('/')}$`, 's'),
    rank: [...parts.map(({ rank }) => rank), method === 'ANY' ? 1 : 0],
  };
}

/** Compares part by part. If one rank is a prefix of the other, the longer one is more specific and comes first. */
function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return b.length - a.length;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
