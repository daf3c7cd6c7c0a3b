import { load, type LoadFigures } from './load';

/** `npm run load [-- --json]`: 2,000 runs over four tenants with two kills in the middle, and what became of them. */
async function main(): Promise<void> {
  const asJson = process.argv.includes('--json');
  const figures = await load({
    runs: 2000,
    kills: 2,
    withKeys: true,
    settleAtOnce: false,
    tell: (line) => process.stderr.write(`${line}\n`),
  });
  console.log(asJson ? JSON.stringify(figures) : table(figures));
  process.exitCode = figures.wrong.length > 0 ? 1 : 0;
}

function table({ wrong, by_status: byStatus, restart_seconds: restarts, ...figures }: LoadFigures): string {
  const lines = [
    ['accepted', `${figures.accepted} in ${figures.accepted_seconds} s, ${figures.accepted_per_second} a second`],
    ['all ended', `${figures.all_ended_seconds} s after the first trigger`],
    ['kill -9', `${figures.kills}, up again after ${restarts.map((seconds) => `${seconds} s`).join(' and ')}`],
    ['triggers unheard', `${figures.unheard}, repeated with their keys`],
    [
      'runs in the table',
      `${figures.rows}; ${Object.entries(byStatus)
        .map(([status, count]) => `${count} ${status}`)
        .join(', ')}`,
    ],
    ['counted', String(figures.counted)],
    ['resumed by recovery', String(figures.resumed_by_recovery)],
    ['deliveries', String(figures.deliveries)],
    ['wrong', wrong.length === 0 ? 'nothing' : String(wrong.length)],
  ];
  return [
    ...lines.map(([what = '', is = '']) => what.padEnd(22) + is),
    ...wrong.map((sentence) => `  ${sentence}`),
  ].join('\n');
}

void main();
