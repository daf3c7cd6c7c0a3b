import { useQuery } from '@tanstack/react-query';
import type { Json } from '../../../functions/domain/json';
import { useApi } from '../api/use-api';
import { isObject } from '../parts/json';
import { useSession } from '../session/session';
import { stepsIn } from '../workflow/steps-in';

/** The events are only suggestions, so the user should not wait until more recipes than this are read. */
const maxRecipes = 20;

/** The events that recipes fire, each with the name of a workflow that fires it. */
export function useFiredEvents(): { fired: ReadonlyMap<string, string>; isLoading: boolean } {
  const call = useApi();
  const { planIncludes } = useSession();
  const { data, isLoading } = useQuery({
    queryKey: ['fired events'],
    enabled: planIncludes('dashboard'),
    queryFn: async () => {
      const { data: workflows } = await call('GET workflows', { query: { limit: maxRecipes } });
      const details = await Promise.all(workflows.map(({ id }) => call('GET workflows/{id}', { id })));
      return new Map(details.flatMap(({ name, recipe }) => eventsIn(recipe).map((event) => [event, name] as const)));
    },
  });
  return { fired: data ?? new Map<string, string>(), isLoading };
}

function eventsIn(recipe: Json): string[] {
  return stepsIn(recipe)
    .filter(isObject)
    .flatMap(({ type, event }) => (type === 'fire_webhook_event' && typeof event === 'string' ? [event] : []));
}
