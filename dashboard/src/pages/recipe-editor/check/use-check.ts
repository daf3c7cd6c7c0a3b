import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { Json } from '../../../../../functions/domain/json';
import { ApiError, problemOf, type Problem } from '../../../api/api-error';
import type { PreviewedRecipe } from '../../../api/routes';
import { useApi } from '../../../api/use-api';
import { SessionEnded } from '../../../session/problems';
import { turn } from './turn';
import { useIsVisible } from './use-is-visible';

export interface Check {
  readonly isChecking: boolean;
  readonly valid: PreviewedRecipe | undefined;
  readonly problem: Problem | undefined;
}

/**
 * Has the API check the recipe and say what it would do, in one request for each pause in typing. So the rules are written
 * only once, in the API. What is checked no longer matters once something else is typed, and is given up.
 *
 * @param recipe must not change at each key; undefined while the text is no JSON
 */
export function useCheck(recipe: Json | undefined): Check {
  const call = useApi();
  const isVisible = useIsVisible();
  const text = recipe === undefined ? undefined : JSON.stringify(recipe);
  const { data, error, isFetching } = useQuery({
    queryKey: ['check', text],
    queryFn: async ({ signal }) => {
      try {
        await turn(signal);
        return { valid: await call('POST recipes/validate?preview=true', { body: recipe ?? null, signal }) };
      } catch (error) {
        // Unless the API has judged the recipe, it is asked again: when the connection or the session is back.
        if (signal.aborted || error instanceof SessionEnded || !(error instanceof ApiError) || error.isTransient)
          throw error;
        return { problem: problemOf(error) };
      }
    },
    enabled: recipe !== undefined && isVisible,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  const problem = data?.problem ?? (error === null ? undefined : problemOf(error));
  return { isChecking: isFetching, valid: data?.valid, problem };
}
