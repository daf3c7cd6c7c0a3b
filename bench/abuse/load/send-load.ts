import { Agent } from 'node:http';
import { fillIn } from './made-up';
import { loadPlanSchema, type LoadPlan, type LoadResult } from './plan';
import { sendRequest } from './send-request';

/**
 * The load generator, a process of its own: the first message that it receives is the plan, and any other stops it and
 * asks for the result.
 */
function main(): void {
  let load: { readonly stop: () => LoadResult } | undefined;
  process.on('message', (message) => {
    if (load === undefined) load = start(loadPlanSchema.parse(message));
    else process.send?.(load.stop());
  });
  process.on('disconnect', () => process.exit(0));
}

function start({ origin, issuer, connections, requests, most = Infinity }: LoadPlan): { stop: () => LoadResult } {
  const beganMs = performance.now();
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const outcomes: Record<string, number> = {};
  const stopping = new AbortController();
  const isStopped = () => stopping.signal.aborted;
  let [begun, answered, longestMs, lastMs] = [0, 0, 0, 0];

  async function sendInTurn(): Promise<void> {
    while (!isStopped() && begun < most) {
      const template = requests[begun % requests.length];
      if (template === undefined) return;
      begun += 1;
      const fill = (text: string) => fillIn(text, issuer);
      const headers = Object.fromEntries(Object.entries(template.headers).map(([name, text]) => [name, fill(text)]));
      const body = template.body === undefined ? undefined : fill(template.body);
      const { outcome, ms } = await sendRequest(
        origin,
        { ...template, path: fill(template.path), headers, body },
        agent,
      );
      if (isStopped()) return;
      answered += 1;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      longestMs = Math.max(longestMs, ms);
      lastMs = performance.now() - beganMs;
    }
  }

  for (let connection = 0; connection < connections; connection += 1) void sendInTurn();
  return {
    stop: () => {
      stopping.abort();
      agent.destroy();
      const ms = begun < most ? performance.now() - beganMs : lastMs;
      return { seconds: ms / 1000, outcomes, unanswered: begun - answered, longestMs };
    },
  };
}

main();
