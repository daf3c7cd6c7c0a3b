import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { logs, newTenant, rest, type Tenant } from './attacks/attacker';
import type { AttackRequest } from './load/plan';
import { sendRequest } from './load/send-request';
import type { AbusedStack } from './stack/start-stack';

/** A call begins at most this often, and only when the one before has been answered. */
const everyMs = 12;

export interface QuietCalls {
  /** How long each call took, in ms. */
  readonly ms: readonly number[];
  /** The same of the bare program, which is called in turn with the product. */
  readonly bareMs: readonly number[];
  /** Calls that were answered otherwise than as if there were no attack, by outcome. */
  readonly failed: Readonly<Record<string, number>>;
}

export interface QuietTenant {
  /** Lists workflows, triggers one and reads the run, one call after another, for some seconds. */
  readonly callFor: (seconds: number) => Promise<QuietCalls>;
}

interface Call {
  readonly origin: string;
  readonly request: AttackRequest;
  readonly of: 'product' | 'bare';
}

export async function openQuietTenant(stack: AbusedStack): Promise<QuietTenant> {
  // Without a daily cap, so that it can go on for as long as the attacks do.
  const tenant = await newTenant(stack, 'custom');
  const workflowId = await tenant.newWorkflow(logs(1));
  const runId = await tenant.startRun(workflowId);
  const agents = { product: oneConnection(), bare: oneConnection() };
  const bare: Call = { origin: stack.bareProgram, request: { method: 'GET', path: '/', headers: {} }, of: 'bare' };
  // As many calls of each, because a rare pause would otherwise be seen by one of them only.
  const calls = callsOf(tenant, workflowId, runId).flatMap((request): Call[] => [
    { origin: stack.connection.api_url, request, of: 'product' },
    bare,
  ]);

  async function callFor(seconds: number): Promise<QuietCalls> {
    const [ms, bareMs, failed]: [number[], number[], Record<string, number>] = [[], [], {}];
    const endMs = performance.now() + seconds * 1000;
    for (let count = 0; performance.now() < endMs; count += 1) {
      const call = calls[count % calls.length];
      if (call === undefined) break;
      const { origin, request, of } = call;
      const sent = await sendRequest(origin, request, agents[of]);
      (of === 'product' ? ms : bareMs).push(sent.ms);
      if (!/^20[02]$/.test(sent.outcome)) failed[sent.outcome] = (failed[sent.outcome] ?? 0) + 1;
      await sleep(Math.max(0, everyMs - sent.ms));
    }
    return { ms, bareMs, failed };
  }
  // Code that has run a few times is compiled, and every cache is warm.
  await callFor(3);
  return { callFor };
}

function oneConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

function callsOf({ token }: Tenant, workflowId: number, runId: number): readonly AttackRequest[] {
  return [
    rest(token, 'GET', '/api/v1/workflows'),
    rest(token, 'POST', `/api/v1/workflows/${workflowId}/runs`, { input: {} }),
    rest(token, 'GET', `/api/v1/workflow-runs/${runId}`),
  ];
}
