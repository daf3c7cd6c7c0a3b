import { useState } from 'react';
import { problemOf, type Problem } from '../api/api-error';
import type { Call } from '../api/call';
import { useAct } from '../api/use-api';

export interface Outcome<T, R> {
  readonly item: T;
  readonly result?: R;
  readonly problem?: Problem;
}

/** After one of these codes the API would refuse every remaining item too. */
const stoppingCodes: readonly Problem['code'][] = [
  'daily_cap_reached',
  'rate_limited',
  'plan_required',
  'permission_required',
  'unauthenticated',
];

/**
 * Makes the same change to several items, one after another, so that the new run numbers follow the order of the items.
 * Then reads every route again that begins with one of `changedRoutes`.
 */
export function useForEach<T, R>(act: (call: Call, item: T) => Promise<R>, changedRoutes: readonly string[]) {
  const [outcomes, setOutcomes] = useState<readonly Outcome<T, R>[]>([]);
  const { mutate, isPending } = useAct(async (call, items: readonly T[]) => {
    const done: Outcome<T, R>[] = [];
    for (const item of items) {
      const outcome = await outcomeOf(item, (one) => act(call, one));
      done.push(outcome);
      setOutcomes([...done]);
      if (outcome.problem !== undefined && stoppingCodes.includes(outcome.problem.code)) break;
    }
    return done;
  }, changedRoutes);
  return { outcomes, isAtWork: isPending, start: mutate };
}

async function outcomeOf<T, R>(item: T, act: (item: T) => Promise<R>): Promise<Outcome<T, R>> {
  try {
    return { item, result: await act(item) };
  } catch (error) {
    return { item, problem: problemOf(error) };
  }
}
