import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, useContext, useRef } from 'react';
import type { Call } from './call';
import type { CallOptions, ReadRoute, Reply } from './routes';

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

interface ActHandlers<Result> {
  readonly onSuccess?: (result: Result) => void;
  readonly onError?: (error: Error) => void;
}

/** Changes something over the API, then reads every route again that begins with one of `changedRoutes`. */
export function useAct<Variables = void, Result = unknown>(
  act: (call: Call, variables: Variables) => Promise<Result>,
  changedRoutes: readonly string[],
): Act<Variables, Result> {
  const call = useApi();
  const queries = useQueryClient();
  // A ref, because `isPending` changes only with the next render: both clicks of a double click may come before it.
  const isInFlight = useRef(false);
  const { mutate, isPending, error } = useMutation<Result, Error, Variables>({
    mutationFn: (variables) => act(call, variables),
    onSettled: () => readAgain(queries, changedRoutes),
  });
  return {
    isPending,
    error,
    mutate: (variables, handlers = {}) => {
      if (isInFlight.current) return;
      isInFlight.current = true;
      const onSettled = () => {
        isInFlight.current = false;
      };
      mutate(variables, { ...handlers, onSettled });
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
