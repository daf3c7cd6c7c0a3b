import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Json } from '../../../../functions/domain/json';
import { problemOf, type Problem } from '../../api/api-error';
import type { Reply } from '../../api/routes';
import { useApi } from '../../api/use-api';
import { parseJson } from '../../parts/json';
import { SessionEnded } from '../../session/problems';

const debounceMs = 400;

export interface Check {
  readonly isChecking: boolean;
  readonly valid: Reply<'POST recipes/validate'> | undefined;
  readonly problem: Problem | undefined;
}

/** Has the API check the recipe whenever the user stops typing, so that the rules are written only once, in the API. */
export function useCheck(recipe: Json): Check {
  const call = useApi();
  const text = useDebounced(JSON.stringify(recipe));
  const { data, error, isFetching } = useQuery({
    queryKey: ['check', text],
    queryFn: async ({ signal }) => {
      try {
        // Parsed from the debounced text, so that the body is the recipe that the query key names.
        const body = parseJson(text);
        return { valid: await call('POST recipes/validate', { body, signal }) };
      } catch (error) {
        // The recipe was not checked, so it is when the person is signed in again.
        if (signal.aborted || error instanceof SessionEnded) throw error;
        return { problem: problemOf(error) };
      }
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  return {
    isChecking: isFetching,
    valid: data?.valid,
    problem: data?.problem ?? (error === null ? undefined : problemOf(error)),
  };
}

function useDebounced(value: string): string {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), debounceMs);
    return () => clearTimeout(timer);
  }, [value]);
  return debounced;
}
