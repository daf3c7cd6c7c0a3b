import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Call } from './call';
import type { CallOptions, ReadRoute, Reply } from './routes';
import { actCall, type Flight } from './send-act';
import { useFlight } from './use-flight';

export const ApiContext = createContext<Call | undefined>(undefined);

export function useApi(): Call {
  const call = useContext(ApiContext);
  if (call === undefined) throw new Error('useApi must be used inside SessionGate');
  return call;
}

interface ReadSettings<T> {
  readonly enabled?: boolean;
  /** Returns the milliseconds to the next read, or false to stop polling. A hidden tab does not poll. */
  readonly poll?: (data: T) => number | false;
  /** Keeps the previous page on screen while the next one loads. */
  readonly keepPrevious?: boolean;
}

/** Reads a route, and reads it again after a change or as `poll` says. */
export function useRead<R extends ReadRoute>(
  route: R,
  options: CallOptions<R>,
  { enabled = true, poll, keepPrevious = false }: ReadSettings<Reply<R>> = {},
): UseQueryResult<Reply<R>> {
  const call = useApi();
  return useQuery<Reply<R>>({
    queryKey: [route, options],
    queryFn: ({ signal }) => call(route, { ...options, signal }),
    enabled,
    ...(poll !== undefined && {
      refetchInterval: ({ state }) => (state.data === undefined ? false : poll(state.data)),
    }),
    ...(keepPrevious && { placeholderData: keepPreviousData }),
  });
}

/** A change that a person makes. */
export interface Act<Variables, Result> {
  /** Does nothing while the previous call is in flight, so that a double click sends one request. */
  readonly mutate: (variables: Variables, handlers?: ActHandlers<Result>) => void;
  readonly isPending: boolean;
  readonly error: Error | null;
}

/** The beginning of every path. */
const everyRoute = [''];

interface ActHandlers<Result> {
  readonly onSuccess?: (result: Result) => void;
  readonly onError?: (error: Error) => void;
}

/**
 * Changes something over the API, then reads every route again that begins with one of `changedRoutes`. If the person
 * did not wait for the answer, everything on screen is read again, because there they see whether it was done.
 *
 * @param describe what is known while it is under way, for an act of several requests
 */
export function useAct<Variables = void, Result = unknown>(
  act: (call: Call, variables: Variables) => Promise<Result>,
  changedRoutes: readonly string[],
  describe?: () => string,
): Act<Variables, Result> {
  const call = useApi();
  const queries = useQueryClient();
  const { begin, end } = useFlight(describe);
  const { mutate, isPending, error } = useMutation<Result, Error, { variables: Variables; flight: Flight }>({
    mutationFn: ({ variables, flight }) => act(actCall(call, flight), variables),
    // Not waited for: what was done is done, even if reading again takes long or fails.
    onSettled: (_result, _problem, { flight }) => {
      void readAgain(queries, flight.controller.signal.aborted ? everyRoute : changedRoutes);
    },
  });
  return {
    isPending,
    error,
    mutate: (variables, handlers = {}) => {
      const flight = begin();
      if (flight !== undefined) mutate({ variables, flight }, { ...handlers, onSettled: end });
    },
  };
}

/** @param changedRoutes beginnings of paths, such as `workflow-runs` */
async function readAgain(queries: QueryClient, changedRoutes: readonly string[]): Promise<void> {
  await queries.invalidateQueries({
    predicate: ({ queryKey: [route] }) =>
      typeof route === 'string' && changedRoutes.some((start) => route.startsWith(`GET ${start}`)),
  });
}
