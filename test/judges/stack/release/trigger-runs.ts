import { setTimeout as sleep } from 'node:timers/promises';
import { keepTriggering, openCaller, type Caller, type Trigger } from './caller';

/** As many as 30 in a minute of the canary, which lasts six seconds here. */
const everyMs = 200;
const endsWithinMs = 60_000;

/** What a program saw that triggered runs during a release, and what came of them. */
export interface Outcome {
  readonly triggers: number;
  readonly refused: number;
  /** Refused triggers that were accepted when they were repeated with their key. */
  readonly repeated: number;
  /** Runs of the workflow in the time of the release. */
  readonly runs: number;
  readonly succeeded: number;
  readonly firstRefusalAtMs: number | undefined;
  readonly lastRefusalAtMs: number | undefined;
}

/** A process of its own, because a program reads the certificates that it trusts when it starts. */
async function triggerRuns(api: string, token: string): Promise<void> {
  // The tenant's only workflow.
  const caller = openCaller(api, token, 1);
  const since = new Date();
  let stopped = false;
  process.stdin.once('end', () => (stopped = true));
  process.stdin.resume();
  const triggers = await keepTriggering(caller, everyMs, {
    stopped: () => stopped,
    onAnswer: (trigger) => console.log(JSON.stringify({ trigger })),
  });
  console.log(JSON.stringify({ outcome: await settle(caller, triggers, since) }));
}

async function settle(caller: Caller, triggers: readonly Trigger[], since: Date): Promise<Outcome> {
  const refused = triggers.filter(({ run }) => run === undefined);
  const again: Trigger[] = [];
  for (const { key } of refused) again.push(await caller.trigger(key));
  const accepted = [...triggers, ...again].flatMap(({ run }) => run ?? []);
  const runs = await caller.runsSince(since);
  // Each accepted trigger has a run of its own, and there is no other run.
  const expected = new Set(accepted);
  if (expected.size !== accepted.length || runs.length !== expected.size || runs.some((run) => !expected.has(run)))
    throw new Error(`${accepted.length} accepted triggers name ${expected.size} runs, and there are ${runs.length}`);
  return {
    triggers: triggers.length,
    refused: refused.length,
    repeated: again.filter(({ run }) => run !== undefined).length,
    runs: runs.length,
    succeeded: await countSucceeded(caller, runs),
    firstRefusalAtMs: refused[0]?.answeredAtMs,
    lastRefusalAtMs: refused.at(-1)?.answeredAtMs,
  };
}

async function countSucceeded(caller: Caller, runs: readonly number[]): Promise<number> {
  let open = [...runs];
  let succeeded = 0;
  for (const until = Date.now() + endsWithinMs; open.length > 0 && Date.now() < until;) {
    const still: number[] = [];
    for (const run of open) {
      const status = await caller.statusOf(run);
      if (status === 'succeeded') succeeded += 1;
      else still.push(run);
    }
    open = still;
    await sleep(500);
  }
  return succeeded;
}

const [api = '', token = ''] = process.argv.slice(2);
triggerRuns(api, token).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
