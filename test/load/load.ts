import { acceptAll } from './accept-all';
import { crowd, type Crowd } from './callers';
import { look } from './inspect';
import { aPlace, type Place } from './local-run';
import type { Load } from './options';
import { patienceMs, pause, secondsSince } from './pause';

export interface LoadFigures {
  readonly accepted: number;
  readonly accepted_seconds: number;
  readonly accepted_per_second: number;
  /** From the first trigger until every run had ended, restarts included. */
  readonly all_ended_seconds: number;
  readonly kills: number;
  readonly restart_seconds: readonly number[];
  /** Triggers that ended without an answer. */
  readonly unheard: number;
  readonly rows: number;
  readonly counted: number;
  readonly by_status: Readonly<Record<string, number>>;
  readonly resumed_by_recovery: number;
  readonly deliveries: number;
  /** What must not be, as sentences. */
  readonly wrong: readonly string[];
}

const tenants = ['load-1', 'load-2', 'load-3', 'load-4'];

/** Accepts runs concurrently, kills the product in the middle, starts it again, and sees whether anything is missing. */
export async function load(asked: Load): Promise<LoadFigures> {
  const tell = asked.tell ?? (() => undefined);
  const place = await aPlace();
  try {
    const callers = await Promise.all(tenants.map((id) => crowd(place, id)));
    tell('four tenants are ready');
    const began = Date.now();
    const accepted = await acceptAll(place, callers, asked, tell);
    const acceptedSeconds = secondsSince(began);
    tell(`${asked.runs} runs accepted`);
    await untilNothingIsOpen(place, callers);
    const endedSeconds = secondsSince(began);
    tell('every run has ended');
    const after = await look(place, callers, { ...accepted, ...asked });
    return {
      accepted: asked.runs,
      accepted_seconds: acceptedSeconds,
      accepted_per_second: Math.round(asked.runs / acceptedSeconds),
      all_ended_seconds: endedSeconds,
      kills: asked.kills,
      restart_seconds: place.restartSeconds,
      unheard: accepted.unheard,
      ...after,
    };
  } finally {
    await place.stack.stop();
  }
}

async function untilNothingIsOpen({ stack }: Place, callers: readonly Crowd[]): Promise<void> {
  const open = ['workflow-runs?status=queued', 'workflow-runs?status=running', 'webhook-deliveries?status=pending'];
  for (const until = Date.now() + patienceMs; Date.now() < until;) {
    const lists = await Promise.all(
      callers.flatMap(({ token }) => open.map((list) => stack.call('GET', `/api/v1/${list}&limit=1`, { token }))),
    );
    if (lists.every(({ body }) => body.data.length === 0 && body.has_more === false)) return;
    await pause(500);
  }
  throw new Error('Something stayed open');
}
