import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../functions/aws/database';
import { settlementStore } from '../../functions/aws/run/settlement';
import { addSeconds } from '../../functions/domain/day';
import { runSchema } from '../../functions/domain/run/run';
import { engineAddressesFile, engineAddressesSchema } from '../../local/engine-addresses';
import { openLocalStores } from '../../local/seed/stores';
import { runRows, tenantRow } from '../support/table';
import type { Accepted } from './accept-all';
import type { TenantCaller } from './callers';
import type { DoneBeside } from './history/act-beside';
import type { LocalRun } from './local-run';
import type { LoadOptions } from './options';
import { pause, timeoutMs } from './pause';

/**
 * Compares the table with the responses that callers got, and its rows with each other by the product's own
 * reconciliation.
 */
export async function inspect(
  localRun: LocalRun,
  callers: readonly TenantCaller[],
  { acceptedRuns, unanswered, runs, withKeys, settleAtOnce, reruns, cancelling }: Accepted & LoadOptions & DoneBeside,
) {
  const engines: unknown = JSON.parse(readFileSync(join(localRun.stack.dataFolder, engineAddressesFile), 'utf8'));
  const { database, close } = openLocalStores(engineAddressesSchema.parse(engines));
  try {
    if (settleAtOnce) for (const { id } of callers) await settle(database, id);
    else await untilSettled(database, callers);
    const rows = (await Promise.all(callers.map(({ id }) => runsOf(database, id)))).flat();
    const counted: number[] = await Promise.all(
      callers.map(async ({ token }) => (await localRun.stack.call('GET', '/api/v1/usage', { token })).body.used),
    );
    const lost = callers.flatMap(({ id }) => {
      const storedNumbers = new Set(rows.filter(({ tenant }) => tenant === id).map(({ id: number }) => number));
      return [...acceptedRuns.get(id)!]
        .filter((number) => !storedNumbers.has(number))
        .map((number) => `run ${number} of ${id} was accepted but does not exist`);
    });
    const { checked, differences } = await localRun.operate('reconcile', '--days', '2');
    const countedRuns = counted.reduce((sum, used) => sum + used, 0);
    const surplus = rows.length - runs - reruns;
    return {
      rows: rows.length,
      counted: countedRuns,
      by_status: tally(rows.map(({ status }) => status)),
      resumed_by_recovery: rows.filter(({ restarts }) => restarts > 0).length,
      deliveries: checked.deliveries,
      violations: [
        ...lost,
        ...(surplus < 0 || surplus > (withKeys ? 0 : unanswered)
          ? [`there are ${rows.length} runs, but ${runs + reruns} were accepted`]
          : []),
        ...(countedRuns === rows.length ? [] : [`${countedRuns} runs are counted, but there are ${rows.length}`]),
        ...rows
          .filter(
            ({ status, tenant, id }) =>
              status !== 'succeeded' && !(status === 'cancelled' && cancelling.get(tenant)!.has(id)),
          )
          .map((row) => `run ${row.id} of ${row.tenant} is ${row.status}`),
        ...differences.map((difference: object) => JSON.stringify(difference)),
      ],
    };
  } finally {
    close();
  }
}

async function runsOf(database: Database, tenant: string) {
  return (await runRows(database, tenant)).map((row) => ({ ...runSchema.parse(row), tenant }));
}

async function settle(database: Database, tenantId: string): Promise<void> {
  const now = new Date();
  for (const at of [now, addSeconds(now, 61)]) await settlementStore(database).settle(tenantId, at, () => true);
}

async function untilSettled(database: Database, callers: readonly TenantCaller[]): Promise<void> {
  for (const until = Date.now() + timeoutMs; Date.now() < until;) {
    const all = await Promise.all(callers.map(({ id }) => tenantRow(database, id)));
    if (all.every((row) => row['settled_upto'] === row['last_run_number'] && row['due_at'] === undefined)) return;
    await pause(1000);
  }
  throw new Error(`Settlement did not finish within ${timeoutMs / 1000} s`);
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
