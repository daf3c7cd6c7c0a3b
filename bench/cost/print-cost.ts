import { parseArgs } from 'node:util';
import { checkParts, writeParts } from '../generated';
import { costParts } from './cost-parts';
import { billTable, differenceTable, operationsTable, priceTable } from './cost-tables';
import { countAll } from './count/all';
import { judgeRun, type JudgedRun } from './count/judge-run';
import { model } from './model';
import { pricesReadOn } from './prices';

/** `npm run cost [-- --json | --write | --check]`: computes what a run costs from the operations that it causes. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, write: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  const runs = (await countAll()).map(judgeRun);
  if (values.write) writeParts(costParts(runs));
  if (values.check) {
    checkParts(costParts(runs), 'npm run cost');
    return;
  }
  console.log(values.json ? JSON.stringify(asJson(runs), null, 2) : asText(runs));
}

function asText(runs: readonly JudgedRun[]): string {
  const withOne = runs.filter(({ scenario }) => scenario.endpoints === 1);
  return [
    `Cost of one run of each kind, at the prices of ${pricesReadOn}. bench/cost/README.md explains the tables.`,
    billTable(runs),
    operationsTable(runs),
    differenceTable(withOne),
    priceTable(),
  ].join('\n\n');
}

function asJson(runs: readonly JudgedRun[]): object {
  return {
    prices_read_on: pricesReadOn,
    model,
    runs: runs.map(({ scenario, operations, attempts, statesEntered, usd, totalUsd, ...floors }) => ({
      ...scenario,
      operations,
      attempts,
      states_entered: statesEntered,
      usd_per_million: { ...usd, total: totalUsd },
      same_rows_floor_usd: floors.sameRowsFloorUsd,
      bare_floor_usd: floors.bareFloorUsd,
    })),
  };
}

void main();
