import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Call } from './call';
import type { CallOptions, ReadRoute, Reply } from './routes';

export const ApiContext = createContext<Call | undefined>(undefined);

export function useApi(): Call {
  const call = useContext(ApiContext);
  if (call === undefined) throw new Error('The API is used outside of a session');
  return call;
}

interface ReadSettings<T> {
  readonly enabled?: boolean;
  /** Milliseconds to the next read while something is still changing; false stops. Nothing is read while the tab is hidden. */
  readonly poll?: (data: T) => number | false;
  /** Shows the last page while the next one loads. */
  readonly keepPrevious?: boolean;
}

/** Reads a route and keeps it fresh. */
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

/** Something a person does. Afterwards everything that starts with one of `touches` is read again. */
export function useAct<Variables, Result>(
  act: (call: Call, variables: Variables) => Promise<Result>,
  touches: readonly string[],
): UseMutationResult<Result, Error, Variables> {
  const call = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (variables) => act(call, variables),
    onSettled: () => readAgain(queries, touches),
  });
}

/** The same for what needs nothing more to be said. */
export function useDeed<Result>(
  act: (call: Call) => Promise<Result>,
  touches: readonly string[],
): UseMutationResult<Result, Error, void> {
  const call = useApi();
  const queries = useQueryClient();
  return useMutation<Result>({
    mutationFn: () => act(call),
    onSettled: () => readAgain(queries, touches),
  });
}

/** @param touches path beginnings, such as `workflow-runs` */
export async function readAgain(queries: QueryClient, touches: readonly string[]): Promise<void> {
  await queries.invalidateQueries({
    predicate: ({ queryKey: [route] }) =>
      typeof route === 'string' && touches.some((start) => route.startsWith(`GET ${start}`)),
  });
}
