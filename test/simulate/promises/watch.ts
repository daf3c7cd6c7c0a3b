import type { LogFields } from '../../../functions/edge/log/log';
import type { Ground } from '../deployment/ground';
import type { System, Watcher } from '../deployment/system';
import type { Arrival } from '../services/receiver';
import { answers } from './answers';
import { audits } from './audits';
import { counts } from './counts';
import { deliveries } from './deliveries';
import { endpoints } from './endpoints';
import { events } from './events';
import { explained } from './explained';
import { handOvers } from './hand-overs';
import { keys } from './keys';
import { leases } from './leases';
import { pace } from './pace';
import { performed } from './performed';
import type { Promised, Watched } from './promise';
import { runEnds } from './run-ends';
import { runStates } from './run-states';
import { silence } from './silence';
import { tidiness } from './tidiness';
import { trails } from './trails';

const promises = {
  counts,
  'run states': runStates,
  trails,
  performed,
  'run ends': runEnds,
  'hand-overs': handOvers,
  deliveries,
  leases,
  events,
  endpoints,
  silence,
  keys,
  answers,
  audits,
  pace,
  tidiness,
  'the models': explained,
} satisfies Readonly<Record<string, Promised>>;

/** The names of all promises, in the order in which they are judged. */
export const promiseNames: readonly string[] = [...Object.keys(promises), 'tenants', 'ends'];

/** A promise that did not hold. */
export interface Broken {
  readonly promise: string;
  readonly what: string;
}

/** Watches every promise while a schedule runs. */
export function watch(ground: Ground) {
  const broken: Broken[] = [];
  const arrivals: Arrival[] = [];
  const logged: LogFields[] = [];
  let watched: (readonly [string, Watched])[] = [];
  let ofWrites: (readonly [string, NonNullable<Watched['onWrite']>])[] = [];

  const report = (promise: string, sentences: readonly string[]) => {
    for (const what of sentences) broken.push({ promise, what });
  };
  const watcher: Watcher = {
    onWrite: (write) => {
      for (const [promise, judge] of ofWrites) report(promise, judge(write));
    },
    onTrespass: (what) => report('tenants', [what]),
    onArrival: (arrival) => void arrivals.push(arrival),
    onLog: (fields) => void logged.push(fields),
  };
  return {
    ...watcher,
    broken,
    begin(system: System): void {
      const facts = { system, ground, arrivals, logged };
      watched = Object.entries(promises).map(([name, promised]) => [name, promised(facts)] as const);
      ofWrites = watched.flatMap(([name, { onWrite }]) => (onWrite === undefined ? [] : [[name, onWrite] as const]));
    },
    atTheEnd(): void {
      for (const [promise, { atTheEnd }] of watched) if (atTheEnd !== undefined) report(promise, atTheEnd());
    },
    /** The schedule itself could not go on. */
    fail: (error: unknown) => report('ends', [error instanceof Error ? (error.stack ?? error.message) : String(error)]),
  };
}
