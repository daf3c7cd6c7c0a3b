import type { OpenItem, OpenItemStore } from '../aws/run/open-items';
import { recoveryBudgetSeconds } from '../contract/functions';
import { addSeconds } from '../domain/day';
import { recoveryLeaseSeconds } from '../domain/timetable';
import { errorFields } from '../edge/log/log';
import { dueItems, type DueItems } from './due-items';
import { recoverItem, type RecoverItemDeps } from './recover-item';
import { newTurns, type Turns } from './turns';

export interface RecoverDeps extends RecoverItemDeps {
  readonly openItems: OpenItemStore;
}

/** The result of one pass. */
export interface Recovered {
  readonly taken: number;
  readonly failed: number;
  /** How late the oldest item was. */
  readonly oldestOverdueSeconds: number;
}

interface Pass {
  readonly until: string;
  /** Names of the items taken so far: a pass takes each once, also when its new due time puts it on a later page. */
  readonly takenNames: Set<string>;
  readonly mayGoOn: () => boolean;
  taken: number;
  failed: number;
  oldestDueAt: string | undefined;
}

/**
 * Items that a pass works on at a time. One takes at most four calls of about 5 ms: its lease, a read, a write, and a
 * start. So a pass of 50 s takes 48 × 50 s / 20 ms = 120,000 items. The SDK's client has 50 connections.
 */
export const concurrency = 48;
const endOfTime = '9999-12-31T23:59:59.999Z';

/**
 * Makes one pass over everything overdue: runs, deliveries and tenants to settle. It leases a run or a tenant by moving
 * its due time on condition of the old value, and a second message for a delivery is dropped, so passes may overlap.
 * Tenants take turns, each with its oldest item first, so that no tenant waits for the backlog of another. After its time
 * budget the pass takes nothing new; the next pass goes on. An item that fails does not stop the others.
 *
 * @param everythingIsDue also takes items that are not due yet. The local run asks for it at its start, because its
 *   engines keep executions and messages in memory only.
 */
export async function recover(deps: RecoverDeps, everythingIsDue: boolean): Promise<Recovered> {
  const started = deps.now();
  const stopAtMs = started.getTime() + recoveryBudgetSeconds * 1000;
  const pass: Pass = {
    until: everythingIsDue ? endOfTime : started.toISOString(),
    takenNames: new Set(),
    mayGoOn: () => deps.now().getTime() < stopAtMs,
    taken: 0,
    failed: 0,
    oldestDueAt: undefined,
  };
  while (await takeRound(deps, pass));

  const { taken, failed, oldestDueAt } = pass;
  const ms = deps.now().getTime() - started.getTime();
  const oldest = oldestDueAt === undefined ? 0 : secondsOverdue(oldestDueAt, started);
  // Written even if there was nothing to do: an alarm goes off when this line is missing.
  deps.log('info', { event: 'recovery_pass', taken, failed, ms }, { OldestOverdueSeconds: oldest });
  return { taken, failed, oldestOverdueSeconds: oldest };
}

function secondsOverdue(dueAt: string, now: Date): number {
  return Math.max(0, Math.floor((now.getTime() - Date.parse(dueAt)) / 1000));
}

/** One reading of what is due, while it is worked on. */
interface Round {
  readonly due: DueItems;
  readonly turns: Turns;
  /** Resolves when the pages that are being read have been added to the turns. */
  pages: Promise<void>;
  isRead: boolean;
  leftOut: boolean;
  failure: Error | undefined;
}

/** Reads what is due and takes it. @returns true if too much was due at once, and the pass has time to read again */
async function takeRound(deps: RecoverDeps, pass: Pass): Promise<boolean> {
  const round: Round = {
    due: dueItems(deps.openItems, pass.until),
    turns: newTurns(),
    pages: Promise.resolve(),
    isRead: false,
    leftOut: false,
    failure: undefined,
  };
  const takenBefore = pass.takenNames.size;
  await readPages(round, pass);
  await Promise.all([readOn(round, pass), ...Array.from({ length: concurrency }, () => takeItems(deps, round, pass))]);
  if (round.failure !== undefined) throw round.failure;
  return round.leftOut && pass.takenNames.size > takenBefore && pass.mayGoOn();
}

async function readOn(round: Round, pass: Pass): Promise<void> {
  while (round.failure === undefined && round.due.hasMore() && pass.mayGoOn()) {
    round.pages = readPages(round, pass);
    await round.pages;
  }
  round.isRead = true;
}

/** Never rejects: what was read before is taken all the same. */
async function readPages(round: Round, pass: Pass): Promise<void> {
  try {
    const items = await round.due.next();
    pass.oldestDueAt ??= items[0]?.dueAt;
    for (const item of items) {
      if (!pass.takenNames.has(name(item)) && !round.turns.add(item)) round.leftOut = true;
    }
  } catch (error) {
    round.failure = error instanceof Error ? error : new Error('The index could not be read', { cause: error });
  }
}

async function takeItems(deps: RecoverDeps, round: Round, pass: Pass): Promise<void> {
  while (pass.mayGoOn()) {
    const item = round.turns.next();
    if (item !== undefined) await takeOne(deps, item, pass);
    else if (round.isRead) return;
    else await round.pages;
  }
}

function name({ pk, sk }: OpenItem): string {
  return `${pk}\n${sk}`;
}

function lease({ openItems, now }: RecoverDeps, item: OpenItem): Promise<boolean> {
  return openItems.lease(item, addSeconds(now(), recoveryLeaseSeconds).toISOString());
}

async function takeOne(deps: RecoverDeps, item: OpenItem, pass: Pass): Promise<void> {
  // The two ends of a shard may read an item twice.
  if (pass.takenNames.has(name(item))) return;
  pass.takenNames.add(name(item));
  try {
    if (item.what.kind !== 'delivery' && !(await lease(deps, item))) return;
    pass.taken += 1;
    await recoverItem(deps, item, pass.mayGoOn);
  } catch (error) {
    pass.failed += 1;
    deps.log('error', { event: 'recovery_failed', item: name(item), ...errorFields(error) });
  }
}
