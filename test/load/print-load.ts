import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { asJsonLines } from './history/operation';
import { startHistory } from './history/record';
import { load, type LoadFigures } from './load';

/**
 * `npm run load` triggers 2,000 runs for four tenants, kills the product twice meanwhile, and prints the result.
 *
 * - `--json` prints it as JSON.
 * - `--history <file>` lets other clients cancel, rerun and read beside that, and writes a line of JSON for each request
 *   with the times of its call and its answer.
 * - `--runs <number>` and `--kills <number>` make it smaller or larger.
 * - `--settle-at-once` does not wait until recovery has settled what was counted.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      history: { type: 'string' },
      runs: { type: 'string', default: '2000' },
      kills: { type: 'string', default: '2' },
      'settle-at-once': { type: 'boolean', default: false },
    },
  });
  const history = values.history === undefined ? undefined : startHistory();
  const figures = await load({
    runs: Number(values.runs),
    kills: Number(values.kills),
    withKeys: true,
    settleAtOnce: values['settle-at-once'],
    ...(history && { history }),
    report: (line) => process.stderr.write(`${line}\n`),
  });
  if (values.history !== undefined && history !== undefined)
    writeFileSync(values.history, asJsonLines(history.operations));
  console.log(values.json ? JSON.stringify(figures) : table(figures));
  process.exitCode = figures.violations.length > 0 ? 1 : 0;
}

function table({ violations, by_status: byStatus, restart_seconds: restarts, ...figures }: LoadFigures): string {
  const lines = [
    [
      'accepted',
      `99 of 100 in ${figures.nearly_all_accepted_seconds} s, ${figures.accepted_per_second} a second; ` +
        `all ${figures.accepted} in ${figures.accepted_seconds} s`,
    ],
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
