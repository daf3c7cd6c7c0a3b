import { notFound } from '../errors';
import { isTerminal } from '../run-status';
import { type Run } from './run';

/** The longest wait in seconds that a caller may ask for. The functions that offer it time out after 28 s. */
export const maxWaitSeconds = 20;

export const pollMs = 400;

/** A place that a waiting request holds until it gives it back, or until its time is over. */
export interface WaitingPlace {
  release(): Promise<void>;
}

export interface WaitDeps<R extends Run> {
  readonly runs: { get(tenantId: string, runId: number): Promise<R | undefined> };
  readonly waiting: {
    /** Undefined if the tenant, the stage or this function instance has no place left. */
    take(tenantId: string, places: number, until: Date): Promise<WaitingPlace | undefined>;
  };
  readonly now: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
}

/**
 * Polls a run until it has ended or `waitSeconds` have passed; with 0 it reads once. A wait is a wish: it occupies a
 * function instance, so a tenant has a number of places. Without a free one, the run is returned at once as it is.
 *
 * @param options `places`: how many requests of the tenant may wait at the same time; `onRead` is told each state of the run
 *   that was read while waiting
 * @throws ProductError `not_found`
 */
export async function waitForRun<R extends Run>(
  deps: WaitDeps<R>,
  tenantId: string,
  runId: number,
  {
    waitSeconds,
    places,
    onRead,
  }: {
    readonly waitSeconds: number;
    readonly places: () => Promise<number>;
    readonly onRead?: ((run: R) => void) | undefined;
  },
): Promise<{ readonly run: R; readonly waited: boolean }> {
  const read = async () => {
    const run = await deps.runs.get(tenantId, runId);
    if (run === undefined) throw notFound('run');
    return run;
  };
  const until = new Date(deps.now().getTime() + waitSeconds * 1000);
  let run = await read();
  if (waitSeconds === 0 || isTerminal(run.status)) return { run, waited: true };
  // If the places cannot be read, nobody knows that there is a free one.
  const place = await takePlace(deps, tenantId, until, places).catch(() => undefined);
  if (place === undefined) return { run, waited: false };
  try {
    for (;;) {
      const leftMs = until.getTime() - deps.now().getTime();
      if (isTerminal(run.status) || leftMs <= 0) return { run, waited: true };
      await deps.sleep(Math.min(pollMs, leftMs));
      run = await read();
      onRead?.(run);
    }
  } finally {
    await place.release();
  }
}

async function takePlace(
  { waiting }: Pick<WaitDeps<Run>, 'waiting'>,
  tenantId: string,
  until: Date,
  places: () => Promise<number>,
): Promise<WaitingPlace | undefined> {
  return waiting.take(tenantId, await places(), until);
}
