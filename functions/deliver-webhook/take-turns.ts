import type { PaceStore } from '../aws/delivery/pace';
import { addSeconds } from '../domain/day';
import type { ReadyAttempt, Turn } from '../domain/delivery/pace';

export interface TurnDeps {
  readonly paces: PaceStore;
  readonly newToken: () => string;
  /** A random number from 0 to 1. */
  readonly random: () => number;
  readonly now: () => Date;
}

/** @returns `now`, or the time to come back at */
export type TakeTurn = (tenantId: string, host: string, attempt: ReadyAttempt) => Promise<'now' | Date>;

interface Asking {
  readonly attempt: ReadyAttempt;
  readonly resolve: (turn: 'now' | Date) => void;
  readonly reject: (error: unknown) => void;
}

/** If too many senders ask for one host at once, the attempts come back after 1 to this many seconds. */
const crowdedSeconds = 5;

/**
 * Asks for the turns of a batch. Attempts for the same host that ask in the same moment ask together, and so do those
 * that come while a request for their host is under way. So a batch of fresh messages to one host takes one write.
 */
export function turnTaker(deps: TurnDeps): TakeTurn {
  const askingByHost = new Map<string, Asking[]>();

  async function askAll(tenantId: string, host: string, asking: Asking[]): Promise<void> {
    // The messages of a batch ask one after the other, before anything that was awaited goes on.
    await Promise.resolve();
    for (let some = asking.splice(0); some.length > 0; some = asking.splice(0)) {
      try {
        const attempts = some.map(({ attempt }) => attempt);
        const asked = { now: deps.now(), mark: deps.newToken() };
        const turns = await deps.paces.take(tenantId, host, attempts, asked);
        for (const [index, { resolve }] of some.entries()) resolve(timeOf(turns?.[index] ?? later(asked.now)));
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    askingByHost.delete(nameOf(tenantId, host));
  }

  function later(now: Date): number {
    return Math.floor(addSeconds(now, 1 + deps.random() * (crowdedSeconds - 1)).getTime() / 1000);
  }

  return (tenantId, host, attempt) =>
    new Promise((resolve, reject) => {
      const asking = askingByHost.get(nameOf(tenantId, host));
      if (asking !== undefined) return void asking.push({ attempt, resolve, reject });
      const first = [{ attempt, resolve, reject }];
      askingByHost.set(nameOf(tenantId, host), first);
      void askAll(tenantId, host, first);
    });
}

function nameOf(tenantId: string, host: string): string {
  return `${tenantId} ${host}`;
}

function timeOf(turn: Turn): 'now' | Date {
  return turn === 'now' ? turn : new Date(turn * 1000);
}
