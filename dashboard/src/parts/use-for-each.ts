import { useState } from 'react';
import { problemOf, type Problem } from '../api/api-error';

export interface Outcome<T, R> {
  readonly item: T;
  readonly result?: R;
  readonly problem?: Problem;
}

/** Codes after which the rest would be refused alike. */
const endsAll: readonly Problem['code'][] = [
  'daily_cap_reached',
  'plan_required',
  'permission_required',
  'unauthenticated',
];

/** Does one thing to several items, one after another, so that the order of run numbers is the order on the page. */
export function useForEach<T, R>(act: (item: T) => Promise<R>) {
  const [outcomes, setOutcomes] = useState<readonly Outcome<T, R>[]>([]);
  const [isAtWork, setIsAtWork] = useState(false);

  const start = async (items: readonly T[]): Promise<readonly Outcome<T, R>[]> => {
    const done: Outcome<T, R>[] = [];
    setIsAtWork(true);
    for (const item of items) {
      const outcome = await outcomeOf(item, act);
      done.push(outcome);
      setOutcomes([...done]);
      if (outcome.problem !== undefined && endsAll.includes(outcome.problem.code)) break;
    }
    setIsAtWork(false);
    return done;
  };
  return { outcomes, isAtWork, start };
}

async function outcomeOf<T, R>(item: T, act: (item: T) => Promise<R>): Promise<Outcome<T, R>> {
  try {
    return { item, result: await act(item) };
  } catch (error) {
    return { item, problem: problemOf(error) };
  }
}
