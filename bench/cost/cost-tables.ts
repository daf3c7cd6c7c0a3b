import { markdownTable } from '../markdown-table';
import { beyondTheBareFloor } from './beyond-bare-floor';
import { billParts } from './bill';
import type { JudgedRun } from './count/judge-run';
import { describe } from './count/recipes';
import { prices, pricesReadOn } from './prices';

/** US$ per million runs by part of the bill, and the ratio to each floor. */
export function billTable(runs: readonly JudgedRun[]): string {
  return markdownTable(
    ['recipe, endpoints', ...billParts, 'US$ per million', 'same-rows floor', 'bare floor'],
    runs.map((run) => [
      nameOf(run),
      ...billParts.map((part) => run.usd[part].toFixed(2)),
      run.totalUsd.toFixed(2),
      times(run.totalUsd / run.sameRowsFloorUsd),
      times(run.totalUsd / run.bareFloorUsd),
    ]),
  );
}

/** Only the totals of the same table. */
export function totalsTable(runs: readonly JudgedRun[]): string {
  return markdownTable(
    ['recipe', 'US$ per million runs', 'same-rows floor', 'bare floor'],
    runs.map((run) => [
      describe(run.scenario),
      run.totalUsd.toFixed(2),
      times(run.totalUsd / run.sameRowsFloorUsd),
      times(run.totalUsd / run.bareFloorUsd),
    ]),
  );
}

/** The operations that AWS bills for one run. */
export function operationsTable(runs: readonly JudgedRun[]): string {
  return markdownTable(
    [
      'recipe, endpoints',
      'DynamoDB requests',
      'write units',
      'index write units',
      'read units',
      'rest-api',
      'run-segment',
      'deliver-webhook',
      'SQS requests',
      'Express seconds',
      'transitions',
      'log bytes',
      'egress bytes',
    ],
    runs.map((run) => {
      const { operations: of } = run;
      return [
        nameOf(run),
        ...[of.dynamodbRequests, of.writeUnits, of.indexWriteUnits, of.readUnits].map(String),
        ...[of.invocations['rest-api'], of.invocations['run-segment'], of.invocations['deliver-webhook']].map(short),
        short(of.sqsRequests),
        of.expressStarts === 0 ? '–' : of.expressSeconds.toFixed(1),
        String(of.transitions),
        ...[of.logBytes, of.egressBytes].map(String),
      ];
    }),
  );
}

/** The cost of what the product does and the bare floor does not, in US$ per million runs. */
export function differenceTable(runs: readonly JudgedRun[]): string {
  const items = runs.map(beyondTheBareFloor);
  const names = Object.keys(items[0] ?? {});
  return markdownTable(
    ['US$ per million runs', ...runs.map(nameOf)],
    [
      ['bare floor', ...runs.map(({ bareFloorUsd }) => bareFloorUsd.toFixed(2))],
      ...names.map((name) => [name, ...items.map((item) => (item[name] ?? 0).toFixed(2))]),
      ['total', ...runs.map(({ totalUsd }) => totalUsd.toFixed(2))],
    ],
  );
}

export function priceTable(): string {
  return markdownTable(
    [`us-east-1, ${pricesReadOn}`, 'US$', 'source'],
    Object.entries(prices).map(([name, { quoted, source }]) => [name, quoted, source]),
  );
}

function nameOf({ scenario: { recipe, endpoints, failing } }: JudgedRun): string {
  return `${recipe}, ${endpoints}${failing ? ' failing' : ''}`;
}

function short(count: number): string {
  return String(Math.round(count * 10) / 10);
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}
