import * as z from 'zod/mini';
import { ulidTime } from '../../functions/domain/ulid';
import type { Row } from '../../functions/aws/database';
import { runKey } from '../../functions/aws/keys';
import { seedRows, tenantId, token } from '../../test/faults/fixture';
import { startEngine } from '../../test/faults/simulation/engine';
import type { Receiver } from '../../test/faults/simulation/receiver';
import { emptyState, newSimulation, runUntilIdle } from '../../test/faults/simulation/simulation';
import { aRecipe, noon } from '../../test/support/builders';

const rowSchema = z.record(z.string(), z.unknown());

/** The rows of a tenant before its runs, and those that one run leaves: the run, its event and its delivery. */
export interface StoredTenant {
  readonly base: readonly Row[];
  /** The rows of a run with this number. */
  readonly ofRun: (runId: number) => Row[];
}

/** Lets the product perform one run, and copies what it stored. */
export async function storedTenant(receiver: Receiver): Promise<StoredTenant> {
  const engine = startEngine();
  const seeds = { recipe: aRecipe(), endpoints: { hawk: ['campaign.*'] } };
  const rows = await seedRows({ engine, receiver }, tenantId, seeds);
  const simulation = await newSimulation({ engine, receiver }, {}, { ...emptyState, rows });
  await simulation.rest('POST', '/api/v1/workflows/1/runs', { token, body: {} });
  const stored = await runUntilIdle(simulation);
  const isOfRun = ({ pk }: Row) => /#(?:RUN|DLV)$/.test(String(pk));
  const ofFirst = stored.filter(isOfRun);
  const ulid = String(ofFirst.find(({ sk }) => sk === runKey(tenantId, 1).sk)?.['uid']).slice('run_'.length);
  return {
    base: stored.filter((row) => !isOfRun(row) && /^T#[^#]*$|^TOKEN#/.test(String(row['pk']))),
    ofRun: (runId) => {
      const other = ulidTime(noon.getTime()) + String(runId).padStart(16, '0');
      return ofFirst.map((row) => {
        const copy = rowSchema.parse(JSON.parse(JSON.stringify(row).replaceAll(ulid, other)));
        if (String(row['pk']).endsWith('#RUN')) return { ...copy, ...runKey(tenantId, runId), id: runId };
        const run = copy['run'];
        return {
          ...copy,
          ...(typeof copy['run_id'] === 'number' && { run_id: runId }),
          ...(typeof run === 'object' && { run: { ...run, id: runId } }),
        };
      });
    },
  };
}
