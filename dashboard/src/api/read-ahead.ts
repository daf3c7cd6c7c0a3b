import { QueryClient } from '@tanstack/react-query';
import type { Call } from './call';
import type { CallOptions, ReadRoute, Route } from './routes';

export interface ReadAhead {
  /** Gives the answer of a read that was started ahead, and sends every other call. */
  readonly call: Call;
  /** Sends a read before the page that needs it is there. A refusal is left to the page, which then asks again. */
  readonly start: <R extends ReadRoute>(route: R, options: CallOptions<R>) => void;
}

/** An answer that nobody has asked for by then is no longer true enough to be shown. */
const goodForMs = 10_000;

/**
 * Lets the reads of a page run while the page itself is still loading. Each answer is given for the same read of the same
 * tenant, and once: whoever asks again gets a new one.
 */
export function readingAhead(send: Call, tenantId: () => string | undefined): ReadAhead {
  const answers = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const keyOf = (route: Route, { signal: _, ...options }: { readonly signal?: unknown }) => [
    tenantId() ?? null,
    route,
    options,
  ];
  return {
    start: (route, options) => {
      answers.query({ queryKey: keyOf(route, options), queryFn: () => send(route, options) }).catch(() => undefined);
    },
    call: async (route, options) => {
      const queryKey = keyOf(route, options);
      if (answers.getQueryState(queryKey) === undefined) return send(route, options);
      const queryFn = () => send(route, options);
      try {
        return await answers.query({ queryKey, queryFn, staleTime: goodForMs });
      } finally {
        answers.removeQueries({ queryKey, exact: true });
      }
    },
  };
}
