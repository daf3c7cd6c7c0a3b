import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

const maxRetries = 2;

/** A refusal is final; only what may pass by itself is tried again. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (failures, error) => failures < maxRetries && error instanceof ApiError && error.isPassing,
        retryDelay: (failures) => 500 * 2 ** failures,
        refetchIntervalInBackground: false,
      },
      mutations: { retry: false },
    },
  });
}
