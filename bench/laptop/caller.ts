import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { connectionFile, connectionSchema } from '../../local/connection';

/** What a program that starts runs and receives their webhooks does. */
export interface Caller {
  /** Starts a run, and resolves when it is accepted. */
  readonly trigger: (n: number) => Promise<void>;
  /** When the webhook of each run arrived, by the number with which the run was started. */
  readonly arrivals: () => Promise<ReadonlyMap<number, Date>>;
}

const createdSchema = z.object({ id: z.int() });
const messagesSchema = z.array(z.object({ received_at: z.string(), verified: z.boolean(), body: z.string() }));
const bodySchema = z.object({ type: z.string(), data: z.object({ n: z.coerce.number() }) });

const event = 'laptop.measured';
const recipe = {
  steps: [
    { type: 'log', message: 'Run {{input.n}}' },
    { type: 'fire_webhook_event', event, payload: { n: '{{input.n}}' } },
  ],
};

/** Several tenants start runs in turns, because one endpoint takes at most 50 webhooks a second. */
const plans = ['pro', 'custom'];

/** Creates a workflow and an endpoint at the inbox for each of the tenants. */
export async function openCaller(dataFolder: string): Promise<Caller> {
  const connection = connectionSchema.parse(JSON.parse(readFileSync(join(dataFolder, connectionFile), 'utf8')));
  const triggers = await Promise.all(
    plans.map(async (plan) => {
      const token = connection.tenants[plan]?.rest_token ?? '';
      const url = connection.inbox_endpoint_url;
      const post = (path: string, body: unknown) => postAs(token, `${connection.api_url}/api/v1/${path}`, body);
      await post('webhook-endpoints', { url, events: [event], max_per_second: 50 });
      const { id } = createdSchema.parse(await post('workflows', { name: 'Laptop', recipe }));
      return (n: number) => post(`workflows/${id}/runs`, { input: { n } });
    }),
  );
  return {
    trigger: async (n) => {
      await triggers[n % triggers.length]?.(n);
    },
    arrivals: async () => readArrivals(await (await fetch(`${connection.inbox_url}/messages`)).json()),
  };
}

async function postAs(token: string, url: string, body: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

function readArrivals(messages: unknown): ReadonlyMap<number, Date> {
  const arrivals = new Map<number, Date>();
  // The newest message is the first, and the first arrival of a webhook counts.
  for (const { received_at, verified, body } of messagesSchema.parse(messages)) {
    const parsed = bodySchema.safeParse(JSON.parse(body));
    if (!parsed.success) continue;
    if (!verified) throw new Error(`The signature of the webhook of run ${parsed.data.data.n} did not verify.`);
    arrivals.set(parsed.data.data.n, new Date(received_at));
  }
  return arrivals;
}
