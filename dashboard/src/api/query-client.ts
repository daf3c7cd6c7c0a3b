import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

const maxRetries = 2;

/** Retries a read only if its error is transient. Every other refusal is final. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
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
}
