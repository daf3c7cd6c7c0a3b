import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/** One trigger and what became of it. A refused one can be repeated with its key. */
export interface Trigger {
  readonly key: string;
  readonly status: number;
  readonly answeredAtMs: number;
  /** Number of the run, if the trigger was accepted. */
  readonly run: number | undefined;
}

/** A tenant's program that triggers one workflow through the front door. */
export interface Caller {
  readonly trigger: (key: string) => Promise<Trigger>;
  readonly statusOf: (run: number) => Promise<string>;
  /** Numbers of the workflow's runs that were created since. */
  readonly runsSince: (since: Date) => Promise<number[]>;
}

export function openCaller(api: string, token: string, workflow: number): Caller {
  const call = (path: string, method = 'GET', headers: Record<string, string> = {}) =>
    fetch(`${api}/api/v1${path}`, { method, headers: { ...headers, Authorization: `Bearer ${token}` } });
  const read = async (path: string): Promise<any> => {
    const answer = await call(path);
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}`);
    return answer.json();
  };
  return {
    trigger: async (key) => {
      const answer = await call(`/workflows/${workflow}/runs`, 'POST', { 'Idempotency-Key': key });
      const text = await answer.text();
      const run = answer.ok ? JSON.parse(text).id : undefined;
      return { key, status: answer.status, answeredAtMs: Date.now(), run };
    },
    statusOf: async (run) => (await read(`/workflow-runs/${run}`)).status,
    runsSince: async (since) => {
      const found: number[] = [];
      for (let cursor = ''; ;) {
        const filter = `workflow_id=${workflow}&created_from=${since.toISOString()}&limit=100`;
        const page = await read(`/workflow-runs?${filter}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        found.push(...page.data.map(({ id }: { id: number }) => id));
        if (!page.next_cursor) return found;
        cursor = page.next_cursor;
      }
    },
  };
}

/** Triggers at an even pace, each time with a key of its own, until it is told to stop. @returns all triggers */
export async function keepTriggering(
  caller: Caller,
  everyMs: number,
  told: { readonly stopped: () => boolean; readonly onAnswer: (trigger: Trigger) => void },
): Promise<Trigger[]> {
  const open: Promise<Trigger>[] = [];
  while (!told.stopped()) {
    const one = caller.trigger(randomUUID());
    void one.then(told.onAnswer, () => undefined);
    open.push(one);
    await sleep(everyMs);
  }
  return Promise.all(open);
}
