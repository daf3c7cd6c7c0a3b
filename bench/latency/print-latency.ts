import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkParts, writeParts } from '../generated';
import { latencyBill, type BilledPath } from './bill';
import { hops, hopsReadOn } from './hops';
import { latencyParts } from './latency-parts';
import { callsTable, hopsTable, latencyTable } from './latency-tables';
import { plotLatency } from './plot-latency';

/** `npm run latency [-- --json | --write | --check]`: counts the AWS calls that wait for each other. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, write: { type: 'boolean' }, check: { type: 'boolean' } },
  });
  const bill = await latencyBill();
  if (values.write) {
    writeParts(latencyParts(bill));
    writeFileSync(join(__dirname, 'latency.svg'), plotLatency(bill));
  }
  if (values.check) {
    checkParts(latencyParts(bill), 'npm run latency');
    return;
  }
  console.log(values.json ? JSON.stringify(asJson(bill), null, 2) : asText(bill));
}

function asText(bill: readonly BilledPath[]): string {
  return [
    `AWS calls that wait for each other, and what they take if each hop takes what was published or assumed on ${hopsReadOn}. bench/latency/README.md explains the tables.`,
    latencyTable(bill),
    callsTable(bill),
    hopsTable(),
  ].join('\n\n');
}

function asJson(bill: readonly BilledPath[]): object {
  return {
    hops_read_on: hopsReadOn,
    hops,
    paths: bill.map(({ name, sequentialCalls, waves, modelled }) => ({
      name,
      sequential_calls: sequentialCalls,
      waves,
      modelled_ms: modelled,
    })),
  };
}

void main();
