import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { writeParts } from '../generated';
import { bursts } from './bursts';
import { ceilingsOf } from './ceilings';
import { countPage } from './count-page';
import { quietWaits } from './fair-queue';
import { midnightBurst } from './midnight-burst';
import { plotScale } from './plot-scale';
import { quotasReadOn } from './quotas';
import { scaleParts } from './scale-parts';

/**
 * `npm run scale [-- --json | --write]`: computes which quota stops runs first, and simulates a hot tenant and a burst
 * at midnight.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, write: { type: 'boolean' } } });
  const run = await countPage();
  const parts = scaleParts(run);
  if (values.write) {
    writeParts(parts);
    writeFileSync(join(__dirname, 'scale.svg'), plotScale());
  }
  if (!values.json) {
    console.log([`Quotas of us-east-1 as read on ${quotasReadOn}`, ...parts.map(({ text }) => text)].join('\n\n'));
    return;
  }
  const asJson = {
    quotas_read_on: quotasReadOn,
    ceilings: ceilingsOf(run, 10_000),
    quiet_waits: { fair: quietWaits(true), in_order: quietWaits(false) },
    bursts: bursts.map((limits) => ({ ...limits, seconds: midnightBurst(limits) })),
  };
  console.log(JSON.stringify(asJson, null, 2));
}

void main();
