import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';
import { watchPresence } from './presence';

const maxRetries = 2;

/**
 * Retries a read only if its error is transient. Every other refusal is final, and nothing that a person does is ever
 * retried. Without a connection nothing waits to be sent later, which is what the library does by default: a click on
 * Run now must not start a run an hour later. Reads fail at once too, so that the page can say why it shows nothing,
 * and are made again at once when the connection returns, the tab becomes visible, or somebody comes back after a long
 * time.
 */
export function newQueryClient(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        networkMode: 'always',
        refetchOnReconnect: 'always',
        retry: (failures, error) => failures < maxRetries && isWorthRetrying(error),
        retryDelay: (failures) => 500 * 2 ** failures,
        refetchIntervalInBackground: false,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  watchPresence(() => void queries.refetchQueries({ type: 'active', stale: true }));
  return queries;
}

/** Not after the wait for an answer, which has been long enough. */
function isWorthRetrying(error: Error): boolean {
  return error instanceof ApiError && error.isTransient && error.code !== 'offline' && error.code !== 'no_answer';
}
