import { load, type LoadFigures } from './load';

/**
 * `npm run load [-- --json]` triggers 2,000 runs for four tenants, kills the product twice meanwhile, and prints the
 * result.
 */
async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const figures = await load({
    runs: 2000,
    kills: 2,
    withKeys: true,
    settleAtOnce: false,
    report: (line) => process.stderr.write(`${line}\n`),
  });
  console.log(asJson ? JSON.stringify(figures) : table(figures));
  process.exitCode = figures.violations.length > 0 ? 1 : 0;
}

function table({ violations, by_status: byStatus, restart_seconds: restarts, ...figures }: LoadFigures): string {
  const lines = [
    ['accepted', `${figures.accepted} in ${figures.accepted_seconds} s, ${figures.accepted_per_second} a second`],
    ['all finished', `${figures.all_ended_seconds} s after the first trigger`],
    ['kill -9', `${figures.kills} times, up again after ${restarts.map((seconds) => `${seconds} s`).join(' and ')}`],
    ['requests without response', `${figures.unanswered}, repeated with their idempotency keys`],
    [
      'runs in the table',
      `${figures.rows}; ${Object.entries(byStatus)
        .map(([status, count]) => `${count} ${status}`)
        .join(', ')}`,
    ],
    ['runs counted', String(figures.counted)],
    ['runs resumed by recovery', String(figures.resumed_by_recovery)],
    ['deliveries', String(figures.deliveries)],
    ['violated invariants', violations.length === 0 ? 'none' : String(violations.length)],
  ];
  return [
    ...lines.map(([label = '', value = '']) => label.padEnd(27) + value),
    ...violations.map((sentence) => `  ${sentence}`),
  ].join('\n');
}

void main();
