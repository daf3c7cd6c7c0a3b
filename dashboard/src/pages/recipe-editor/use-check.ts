import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Json } from '../../../../functions/domain/json';
import { problemOf, type Problem } from '../../api/api-error';
import type { Reply } from '../../api/routes';
import { useApi } from '../../api/use-api';
import { parseJson } from '../../parts/json';

const pauseMs = 400;

export interface Check {
  readonly isChecking: boolean;
  readonly valid: Reply<'POST recipes/validate'> | undefined;
  readonly problem: Problem | undefined;
}

/** Has the API check the recipe whenever the typing pauses: the rules are its own, written once. */
export function useCheck(recipe: Json): Check {
  const call = useApi();
  const text = useSettled(JSON.stringify(recipe));
  const { data, isFetching } = useQuery({
    queryKey: ['check', text],
    queryFn: async ({ signal }) => {
      try {
        // Sent as it is shown.
        const body = parseJson(text);
        return { valid: await call('POST recipes/validate', { body, signal }) };
      } catch (error) {
        if (signal.aborted) throw error;
        return { problem: problemOf(error) };
      }
    },
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  return { isChecking: isFetching, valid: data?.valid, problem: data?.problem };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
