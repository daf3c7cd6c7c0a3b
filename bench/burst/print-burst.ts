import { parseArgs } from 'node:util';
import { markdownTable } from '../markdown-table';
import { quotas } from '../scale/quotas';
import { tenantBurst, type Burst } from './tenant-burst';

/**
 * `npm run burst [-- --runs 1000 --steps 50 --endpoints 50]` models what becomes of runs that one tenant starts at once,
 * when their deliveries are more than the tenant's partition can store. The whole takes about half an hour.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '1000' },
      steps: { type: 'string', default: '50' },
      endpoints: { type: 'string', default: '50' },
    },
  });
  const size = { runs: Number(values.runs), steps: Number(values.steps), endpoints: Number(values.endpoints) };
  const concurrency = quotas.lambdaConcurrency.limit;
  const whole = quotas.partition.limit;
  const bursts: readonly (Burst & { readonly name: string })[] = [
    { ...size, name: 'the whole partition', unitsPerSecond: whole, concurrency },
    // An attempt writes twice for each delivery, when it begins and when it ends.
    { ...size, name: 'a third of it, beside the attempts', unitsPerSecond: whole / 3, concurrency },
    { ...size, name: 'a tenth of Lambda’s concurrency', unitsPerSecond: whole, concurrency: concurrency / 10 },
  ];
  const lines: string[][] = [];
  for (const { name, ...burst } of bursts) {
    const figures = await tenantBurst(burst);
    const line = [
      name,
      String(figures.succeeded),
      String(figures.failed),
      figures.medianEndMinutes.toFixed(0),
      figures.lastEndMinutes.toFixed(0),
      figures.unitsForEach.toFixed(2),
      String(figures.mostRestarts),
      String(figures.mostCalls),
      figures.lambdaHours.toFixed(0),
    ];
    process.stderr.write(`${line.join(' · ')}\n`);
    lines.push(line);
  }
  const headings = ['runs have', 'succeeded', 'failed', 'half ended after, min', 'all ended after, min'];
  const counts = ['write units for each delivery', 'most restarts', 'most calls at once', 'hours of Lambda'];
  console.log(markdownTable([...headings, ...counts], lines));
}

void main();
