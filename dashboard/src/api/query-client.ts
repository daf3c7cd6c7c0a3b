import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';
import { watchPresence } from './presence';

const maxRetries = 2;

/**
 * Retries a read only if its error is transient; every other refusal is final. What is shown is read again at once when
 * the tab becomes visible, the connection returns, or somebody comes back after a long time.
 */
export function newQueryClient(): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => failures < maxRetries && error instanceof ApiError && error.isTransient,
        retryDelay: (failures) => 500 * 2 ** failures,
        refetchIntervalInBackground: false,
      },
      mutations: { retry: false },
    },
  });
  watchPresence(() => void queries.refetchQueries({ type: 'active', stale: true }));
  return queries;
}
