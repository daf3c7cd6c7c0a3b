import { useRef, useState } from 'react';
import { ApiError, problemOf, type Problem } from '../api/api-error';
import type { Call } from '../api/call';
import { useAct } from '../api/use-api';

export interface Outcome<T, R> {
  readonly item: T;
  readonly result?: R;
  readonly problem?: Problem;
}

/** After one of these codes the API would refuse every remaining item too, or is out of reach for each. */
const stoppingCodes: readonly Problem['code'][] = [
  'daily_cap_reached',
  'rate_limited',
  'plan_required',
  'permission_required',
  'unauthenticated',
  'unreachable',
  'no_answer',
];

/**
 * Makes the same change to several items, one after another, so that the new run numbers follow the order of the items.
 * Then reads every route again that begins with one of `changedRoutes`. `stop` lets the item under way end and tries no
 * other. If nobody waits any more, the notice about it says what `describe` says of the outcomes so far.
 */
export function useForEach<T, R>(
  act: (call: Call, item: T) => Promise<R>,
  changedRoutes: readonly string[],
  describe: (outcomes: readonly Outcome<T, R>[]) => string,
) {
  const [outcomes, setOutcomes] = useState<readonly Outcome<T, R>[]>([]);
  const [isStopping, setIsStopping] = useState(false);
  const [offline, setOffline] = useState<ApiError>();
  const isStopped = useRef(false);
  const work = async (call: Call, items: readonly T[]) => {
    const done: Outcome<T, R>[] = [];
    for (const item of items) {
      if (isStopped.current) break;
      const outcome = await outcomeOf(item, (one) => act(call, one));
      // Without a connection the item was not sent, so it is among those that were not tried.
      if (outcome.problem?.code === 'offline') {
        const problem = new ApiError(outcome.problem);
        if (done.length === 0) throw problem;
        setOffline(problem);
        break;
      }
      done.push(outcome);
      setOutcomes([...done]);
      if (outcome.problem !== undefined && stoppingCodes.includes(outcome.problem.code)) break;
    }
    return done;
  };
  const { mutate, isPending, error } = useAct(work, changedRoutes, () => describe(outcomes));
  const stop = () => {
    isStopped.current = true;
    setIsStopping(true);
  };
  return { outcomes, isAtWork: isPending, isStopping, stop, start: mutate, problem: error ?? offline };
}

/** Rejects only if nobody waits for the act any more. */
async function outcomeOf<T, R>(item: T, act: (item: T) => Promise<R>): Promise<Outcome<T, R>> {
  try {
    return { item, result: await act(item) };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    return { item, problem: problemOf(error) };
  }
}
