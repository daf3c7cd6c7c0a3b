import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runKey, runsParent, tenantKey } from '../../../../functions/aws/keys';
import { engineAddressesFile, engineAddressesSchema } from '../../../../local/engine-addresses';
import { openLocalStores } from '../../../../local/seed/stores';
import type { Stack } from '../../../e2e/stack';
import { aRun } from '../../../support/builders';
import { overwrite, putRows } from '../../../support/table';

const hourMs = 3_600_000;

/** When run `id` of `count` was created: each an hour after the one before, and the last one an hour ago. */
export function createdAt(id: number, count: number): string {
  return new Date(Math.floor(Date.now() / hourMs) * hourMs - (count - id + 1) * hourMs).toISOString();
}

/** Gives a tenant of the local run `count` runs, which have succeeded unless `each` says otherwise. */
export async function putManyRuns(
  stack: Stack,
  tenantId: string,
  count: number,
  each: (id: number) => object,
): Promise<void> {
  const addresses = engineAddressesSchema.parse(
    JSON.parse(readFileSync(join(stack.dataFolder, engineAddressesFile), 'utf8')),
  );
  const stores = openLocalStores(addresses);
  const rows = Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const created_at = createdAt(id, count);
    const uid = `run_${String(id).padStart(26, '0')}`;
    const run = {
      ...aRun({ id, uid, created_at, status: 'succeeded', started_at: created_at, finished_at: created_at }),
      ...each(id),
    };
    return { ...runKey(tenantId, id), parent: runsParent(tenantId, run.workflow_id), ...run, trail: [], input: '{}' };
  });
  await putRows(stores.database, rows);
  await overwrite(stores.database, tenantKey(tenantId), { last_run_number: count, settled_upto: count });
  stores.close();
}
