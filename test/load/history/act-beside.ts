import type { Answer } from '../../e2e/stack';
import { untilAccepted, type Accepted } from '../accept-all';
import { withKey, type TenantCaller } from '../callers';
import type { LocalRun } from '../local-run';
import { pause } from '../pause';

/** How often each client acts at most, so that a long load does not become longer by what is done beside it. */
const most = { reads: 60, cancels: 25, reruns: 25 };
/** How often each client acts at least, although a fast machine has accepted everything before. */
const least = 8;
const pauseMs = 500;
/** A list with a filter reads every run of its tenant, so only each fourth round asks for one. */
const roundsPerFilter = 4;

const statuses = ['queued', 'running', 'succeeded', 'cancelled'];

export interface DoneBeside {
  /** Runs that somebody asked to cancel, by tenant, whatever the answer was. */
  readonly cancelling: ReadonlyMap<string, ReadonlySet<number>>;
  readonly reruns: number;
}

export function nothingBeside(callers: readonly TenantCaller[]): DoneBeside {
  return { cancelling: noRuns(callers), reruns: 0 };
}

function noRuns(callers: readonly TenantCaller[]): Map<string, Set<number>> {
  return new Map(callers.map(({ id }) => [id, new Set()]));
}

/** Lets other clients of each tenant cancel, rerun and read until `over` says that the load is. */
export async function actBeside(
  localRun: LocalRun,
  callers: readonly TenantCaller[],
  accepted: Accepted,
  over: () => boolean,
): Promise<DoneBeside> {
  const cancelling = noRuns(callers);
  let reruns = 0;
  const rounds = async (count: number, act: (round: number) => Promise<unknown>) => {
    for (let round = 0; round < count && (round < least || !over()); round += 1) {
      await pause(pauseMs);
      await localRun.up;
      await act(round);
    }
  };
  await Promise.all(
    callers.flatMap((caller) => {
      const runs = accepted.acceptedRuns.get(caller.id)!;
      return [
        ...['reader 1', 'reader 2'].map((client) => rounds(most.reads, (round) => read(caller, client, round))),
        rounds(most.cancels, async () => {
          // The newest runs have not ended yet.
          const newest = Math.max(...runs);
          if (runs.size === 0 || cancelling.get(caller.id)!.has(newest)) return;
          cancelling.get(caller.id)!.add(newest);
          await cancel(caller, newest);
        }),
        rounds(most.reruns, async (round) => {
          const again = [...runs].at(Math.floor(runs.size / 2));
          if (again === undefined) return;
          await untilAccepted(localRun, caller.id, accepted, () => rerun(caller, again, `rerun ${round}`));
          reruns += 1;
        }),
      ];
    }),
  );
  return { cancelling, reruns };
}

/**
 * Reads all runs of each tenant and its usage, when nothing happens any more: whatever was lost is missing here. It does
 * so twice, so that every run is seen ended, and seen again later, however slow the machine was.
 */
export async function readAtLast(callers: readonly TenantCaller[]): Promise<void> {
  for (const client of ['reader 1', 'reader 2']) for (const caller of callers) await readAll(caller, client);
}

async function readAll(caller: TenantCaller, client: string): Promise<void> {
  await caller.ask(client, { operation: 'usage' }, 'GET', 'usage');
  let page: Answer | undefined;
  do {
    const cursor: string = page === undefined ? '' : `&cursor=${page.body.next_cursor}`;
    const before: number | undefined = page?.body.data.at(-1)?.id;
    page = await caller.ask(client, { operation: 'list', before }, 'GET', `workflow-runs?limit=100${cursor}`);
  } while (page.body.has_more);
}

/** A read that got no answer says nothing, and the next one is sent all the same. */
async function read(caller: TenantCaller, client: string, round: number): Promise<void> {
  await caller.ask(client, { operation: 'usage' }, 'GET', 'usage').catch(() => undefined);
  await caller.ask(client, { operation: 'list' }, 'GET', 'workflow-runs?limit=20').catch(() => undefined);
  if (round % roundsPerFilter > 0) return;
  const wanted = statuses[(round / roundsPerFilter) % statuses.length];
  const filtered = `workflow-runs?limit=20&status=${wanted}`;
  await caller.ask(client, { operation: 'list', wanted }, 'GET', filtered).catch(() => undefined);
}

/** It carries no key and is not repeated, so whether an unanswered one took effect is left open. */
async function cancel(caller: TenantCaller, run: number): Promise<void> {
  const path = `workflow-runs/${run}/cancel`;
  await caller.ask('canceller', { operation: 'cancel', run }, 'POST', path, { body: {} }).catch(() => undefined);
}

function rerun(caller: TenantCaller, run: number, key: string): Promise<Answer> {
  const asked = { operation: 'rerun', run, key } as const;
  return caller.ask('rerunner', asked, 'POST', `workflow-runs/${run}/rerun`, { body: {}, headers: withKey(key) });
}
