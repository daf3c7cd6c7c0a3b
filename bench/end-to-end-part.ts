import * as z from 'zod/mini';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocal } from '../local/start-local';
import { plainRow, type Row } from './measure/row';
import { takeTurns } from './measure/take-turns';
import { logRecipe } from './world/seed-tenant';

const runsPerSample = 20;

const createdSchema = z.object({ id: z.int() });
const runSchema = z.object({ status: z.string() });

/** Measures runs of three log steps per second in a local run, from the request to `succeeded`, twenty at a time. */
export async function endToEndPart(): Promise<Row[]> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'bench-'));
  const local = await startLocal({ port: 0, dataFolder, report: (problem) => process.stderr.write(`${problem}\n`) });
  try {
    const { api_url: origin, tenants } = local.connection;
    const token = tenants['custom']?.rest_token ?? '';
    const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const answer = await fetch(`${origin}/api/v1/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
      return answer.json();
    };
    const workflow = createdSchema.parse(await call('POST', 'workflows', { name: 'Bench', recipe: logRecipe(3) }));
    const toTheEnd = async () => {
      const run = createdSchema.parse(await call('POST', `workflows/${workflow.id}/runs`, {}));
      // Only so many requests wait at a time; any other is answered at once with the run as it is.
      for (;;) {
        const { status } = runSchema.parse(await call('GET', `workflow-runs/${run.id}?wait_seconds=20`));
        if (status === 'succeeded') return;
        if (status === 'failed') throw new Error(`Run ${run.id} failed`);
        await sleep(50);
      }
    };
    const [samples = []] = await takeTurns([
      async () => {
        const startedMs = performance.now();
        await Promise.all(Array.from({ length: runsPerSample }, toTheEnd));
        return (runsPerSample * 1000) / (performance.now() - startedMs);
      },
    ]);
    return [
      plainRow({ what: `runs of three steps to their end, ${runsPerSample} at once, local`, unit: '/s' }, samples),
    ];
  } finally {
    await local.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
