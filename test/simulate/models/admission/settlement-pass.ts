import type { Outcome } from '../processes';
import { dayOf } from './rows';
import {
  onCounter,
  onNumber,
  type AdmissionNext,
  type AdmissionProcess,
  type AdmissionProgram,
  type Design,
  type Know,
  type World,
} from './world';

type At = 'voiding' | 'refunding' | 'closing' | 'forgetting' | 'noting';

/**
 * The calls of `settlement.settle`, one after another as long as the tenant is due. No minute lies between two calls here:
 * a pass may make void whatever has no run yet, also what a living trigger is about to store. So the search shows that
 * nothing depends on that minute except that such a trigger is answered 503.
 */
export function settlementProgram({ acts, refundsBeforeClosing }: Design): AdmissionProgram {
  const rest = ({ name, key }: Know): AdmissionNext => ({ at: 'idle', know: { name, key } });

  function go({ at, know }: AdmissionProcess, world: World): readonly AdmissionNext[] {
    const { counter, numbers } = world;
    if (at === 'idle') {
      if (!counter.due) return [];
      const read = { ...know, last: counter.last, settled: counter.settled, noted: counter.noted };
      const next = counter.noted > counter.settled ? { at: 'reading numbers', know: read } : goOn(read);
      return [{ ...next, name: 'settlement.settle' }];
    }
    if (at === 'reading numbers') {
      const missing: [number, string][] = [];
      for (let number = (know.settled ?? 0) + 1; number <= (know.noted ?? 0); number += 1) {
        const day = dayOf(counter, number);
        if (numbers[number - 1]?.kind !== 'run' && day !== undefined) missing.push([number, day]);
      }
      return [{ ...nextMissing({ ...know, missing: refundsBeforeClosing ? missing : [] }), name: 'reads the numbers' }];
    }
    if (at === 'reading refunds') {
      const { settled = 0, noted: upto = 0 } = know;
      const done = counter.voided.filter((number) => number <= upto);
      return [{ at: 'closing', know, sends: onCounter(acts.close(settled, upto, done)), name: 'reads the refunds' }];
    }
    return [];
  }

  function nextMissing({ missing = [], ...know }: Know): AdmissionNext {
    const [first] = missing;
    if (first === undefined) return { at: 'reading refunds', know };
    return { at: 'voiding', know: { ...know, missing }, sends: onNumber(first[0], acts.putVoid(first[0])) };
  }

  const afterFirst = (know: Know) => nextMissing({ ...know, missing: know.missing?.slice(1) ?? [] });

  /** Numbers that were taken after the note are noted; if there are none, the tenant is no longer due. */
  function goOn(know: Know): AdmissionNext {
    const { settled = 0, last = 0 } = know;
    if (last > settled) return note(know);
    return { at: 'forgetting', know: rest(know).know, sends: onCounter(acts.forget(settled)) };
  }

  function note(know: Know): AdmissionNext {
    return { at: 'noting', know: rest(know).know, sends: onCounter(acts.note()) };
  }

  const hear: Record<At, (know: Know, outcome: Outcome) => AdmissionNext> = {
    voiding: (know, outcome) => {
      if (outcome === 'no answer') return rest(know);
      const first = know.missing?.[0];
      if (outcome === 'refused' || first === undefined) return afterFirst(know);
      return { at: 'refunding', know, sends: onCounter(acts.refund(...first)) };
    },
    refunding: (know, outcome) => (outcome === 'no answer' ? rest(know) : afterFirst(know)),
    // As in the store, a refused write changes nothing: another pass has closed them.
    closing: (know, outcome) => (outcome === 'no answer' ? rest(know) : goOn({ ...know, settled: know.noted ?? 0 })),
    forgetting: (know, outcome) => (outcome === 'refused' ? note(know) : rest(know)),
    noting: rest,
  };

  return { go, hear: ({ at, know }, outcome) => [hear[at as At](know, outcome)], rest };
}
