import * as z from 'zod/mini';
import type { Stack } from '../template/stack';

const originsSchema = z.object({
  DistributionConfig: z.object({
    Origins: z.array(
      z.object({
        CustomOriginConfig: z.optional(z.unknown()),
        OriginCustomHeaders: z._default(z.array(z.object({ HeaderName: z.string(), HeaderValue: z.string() })), []),
      }),
    ),
  }),
});

/** The headers that the distribution adds to each request for the API, with names in lower case. */
export function readOriginHeaders(stack: Stack): ReadonlyMap<string, string> {
  const origins = stack
    .resources('AWS::CloudFront::Distribution')
    .flatMap((distribution) => distribution.read(originsSchema).DistributionConfig.Origins)
    .filter(({ CustomOriginConfig }) => CustomOriginConfig !== undefined);
  return new Map(
    origins.flatMap(({ OriginCustomHeaders }) =>
      OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => [HeaderName.toLowerCase(), HeaderValue] as const),
    ),
  );
}

/** Adds the headers as CloudFront does, which replaces those of the same names that the viewer sent. */
export function withOriginHeaders(rawHeaders: readonly string[], originHeaders: ReadonlyMap<string, string>): string[] {
  const own = rawHeaders.filter(
    (_, index) => !originHeaders.has((rawHeaders[index - (index % 2)] ?? '').toLowerCase()),
  );
  return [...own, ...[...originHeaders].flat()];
}
