import { cpus } from 'node:os';
import type { GeneratedPart } from '../../generated';
import { markdownTable } from '../../markdown-table';
import { legalUsdADay } from '../cost/bounds';
import type { UnitCosts } from '../cost/unit-costs';
import { isAdmitted } from '../load/send-request';
import type { Figures } from './figures';
import { plansTable } from './plans-table';
import { judgeCost, judgeTime } from './verdict';

const file = 'docs/proof.md';

export function abuseParts(all: readonly Figures[], usd: UnitCosts, now: Date): GeneratedPart[] {
  return [
    { file, name: 'abuse', text: [machine(now), timeTable(all), costTable(all, usd)].join('\n\n') },
    { file, name: 'abuse plans', text: plansTable(usd) },
  ];
}

function machine(now: Date): string {
  const [first] = cpus();
  return `${now.toISOString().slice(0, 10)}: ${cpus().length} cores of ${first?.model ?? 'an unknown kind'}, shared, Node ${process.versions.node}.`;
}

/** What the attack did, and how it slowed the quiet tenant down. */
function timeTable(all: readonly Figures[]): string {
  return markdownTable(
    ['attack', 'requests/s', 'admitted', 'refused', 'median', 'p99', 'p99 of a bare program', 'holds'],
    all.map((figures) => [
      figures.attack.what,
      figures.requestsASecond.toFixed(0),
      String(countOf(figures, isAdmitted)),
      refusals(figures),
      times(figures.median),
      times(figures.p99),
      times(figures.bareP99),
      judgeTime(figures),
    ]),
  );
}

function costTable(all: readonly Figures[], usd: UnitCosts): string {
  const legal = legalUsdADay(usd);
  return markdownTable(
    ['attack', 'US$ a day as played', 'bounded by', 'US$ a day at most', 'of legal use', 'holds'],
    all.map(({ attack, usdReached, usdAtBound }) => [
      attack.what,
      usdReached.toFixed(2),
      attack.bound === 'nothing' ? 'nothing' : `the ${attack.bound === 'requests' ? 'rate of requests' : attack.bound}`,
      usdAtBound?.toFixed(2) ?? '–',
      attack.by === 'tenant' && usdAtBound !== undefined ? times(usdAtBound / legal) : '–',
      judgeCost({ attack, usdAtBound }, legal),
    ]),
  );
}

function countOf({ outcomes }: Figures, counts: (outcome: string) => boolean): number {
  return Object.entries(outcomes).reduce((total, [outcome, count]) => total + (counts(outcome) ? count : 0), 0);
}

function refusals({ outcomes }: Figures): string {
  const refused = Object.entries(outcomes).filter(([outcome]) => !isAdmitted(outcome));
  return refused.map(([outcome, count]) => `${count} × ${outcome}`).join(', ') || 'none';
}

function times(ratio: number): string {
  // No call of a kind was made in the time.
  if (Number.isNaN(ratio)) return '–';
  return `${ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)} ×`;
}
