import type { Outcome } from '../processes';
import { followingDay } from './rows';
import {
  onClaim,
  onCounter,
  onNumber,
  runsWith,
  type AdmissionNext,
  type AdmissionProcess,
  type AdmissionProgram,
  type Design,
  type Know,
  type World,
} from './world';

/** Where a trigger that waits for an answer goes on. */
type At = 'taking' | 'counting' | 'putting' | 'voiding' | 'refunding';

/**
 * A call of `startRun`, with or without an idempotency key, as the functions `startRun`, `findReplay`, `takeKey` and
 * `acceptRun` are written. It ends with the number of the run that it answered with, or with none.
 */
export function triggerProgram({ acts, voidsFirst, keepsKeyOfUnknown }: Design): AdmissionProgram {
  const start = ({ name, key }: Know) => ({ name, key });

  function go({ at, know }: AdmissionProcess, world: World): readonly AdmissionNext[] {
    if (at === 'begun') return [read(know, world)];
    if (at === 'looking for its run') return [lookForRun(know, world)];
    if (at === 'reading again') return [readAgain(know, world)];
    return [];
  }

  /** `admission.read`, and what is judged by it. */
  function read(know: Know, { counter, claim, day: today }: World): AdmissionNext {
    const { cap, used, last } = counter;
    const day = used[followingDay(today)] === undefined ? today : followingDay(today);
    const isFree = cap === null || (used[day] ?? 0) < cap;
    const name = 'admission.read';
    if (know.key === null) return { ...(isFree ? count(know, day) : end(know)), name };
    if (claim === undefined) return { ...(isFree ? take({ ...start(know), day, last }) : end(know)), name };
    if (claim.result !== null) return { ...end(know, claim.result), name };
    if (!claim.out) return { ...end(know), name };
    const { holder, lease, after } = claim;
    return {
      at: 'looking for its run',
      know: { ...start(know), day, last, isFree, dead: { holder, lease, after } },
      name,
    };
  }

  /** `runs.findByKey`, for the run of a request that died. */
  function lookForRun(know: Know, { numbers }: World): AdmissionNext {
    const name = 'runs.findByKey';
    const { key, dead } = know;
    if (key === null || dead === undefined) return end(know);
    const found = runsWith(numbers, key).find((number) => number > dead.after);
    if (found !== undefined)
      return { ...end(know, found), leaves: onClaim(acts.complete(key, dead.holder, found)), name };
    return { ...(know.isFree === true ? take(know) : end(know)), name };
  }

  function readAgain(know: Know, { counter: { cap, used }, day: today }: World): AdmissionNext {
    const day = used[followingDay(today)] === undefined ? today : followingDay(today);
    const isFree = cap === null || (used[day] ?? 0) < cap;
    return { ...(isFree ? count(know, day) : giveUp(know)), name: 'tenants.get' };
  }

  function take(know: Know): AdmissionNext {
    const { name, key, last = 0, dead, day } = know;
    const request = acts.take(key ?? '', name, name, last, dead?.lease);
    return { at: 'taking', know: { ...start(know), ...(day !== undefined && { day }) }, sends: onClaim(request) };
  }

  function count(know: Know, day: string): AdmissionNext {
    return { at: 'counting', know: { ...start(know), day }, sends: { ...onCounter(acts.count(day)), once: true } };
  }

  function put(know: Know, number: number): AdmissionNext {
    const { name, key } = know;
    return { at: 'putting', know: { ...know, number }, sends: onNumber(number, acts.put(number, name, key)) };
  }

  function makeVoid(know: Know): AdmissionNext {
    const { number = 0 } = know;
    return voidsFirst ? { at: 'voiding', know, sends: onNumber(number, acts.putVoid(number)) } : refund(know);
  }

  function refund(know: Know): AdmissionNext {
    return { at: 'refunding', know, sends: onCounter(acts.refund(know.number ?? 0, know.day ?? '')) };
  }

  /** The run is durable. */
  function accept(know: Know): AdmissionNext {
    const { number = 0 } = know;
    if (know.key === null) return end(know, number);
    return { ...end(know, number), leaves: onClaim(acts.complete(know.key, know.name, number)) };
  }

  /** Nothing was started, so the key is free again. */
  function giveUp(know: Know): AdmissionNext {
    return know.key === null ? end(know) : { ...end(know), leaves: onClaim(acts.drop(know.key, know.name)) };
  }

  const unknown = (know: Know) => (keepsKeyOfUnknown ? end(know) : giveUp(know));

  function end(know: Know, accepted?: number): AdmissionNext {
    return { at: 'ended', know: { ...start(know), ...(accepted !== undefined && { accepted }) } };
  }

  const hear: Record<At, (know: Know, outcome: Outcome, after: World) => AdmissionNext> = {
    taking: (know, outcome) => (outcome === 'took effect' ? count(know, know.day ?? '') : end(know)),
    counting: (know, outcome, { counter: { last } }) => {
      if (outcome === 'took effect') return put(know, last);
      return outcome === 'refused' ? { at: 'reading again', know: start(know) } : giveUp(know);
    },
    putting: (know, outcome) => (outcome === 'took effect' ? accept(know) : makeVoid(know)),
    voiding: (know, outcome) => {
      if (outcome === 'took effect') return refund(know);
      return outcome === 'refused' ? accept(know) : unknown(know);
    },
    refunding: (know, outcome) => (outcome === 'no answer' ? unknown(know) : giveUp(know)),
  };

  return {
    go,
    hear: ({ at, know }, outcome, { after }) => [hear[at as At](know, outcome, after)],
    rest: (know) => end(know, know.accepted),
  };
}
