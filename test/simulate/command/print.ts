import { table } from '../../faults/table';
import { storyLines } from '../story/lines';
import { coverageTable, pairsIn } from './coverage';
import type { BugHunt } from './find-bugs';
import type { Story } from './messages';
import type { Played } from './play';

/** A story that is longer is cut: nobody would read it. */
const mostLines = 12;
const mostFailures = 10;

export function printPlayed({ schedules, steps, seconds, cpuSeconds, failures, coverage }: Played): string {
  const { possible, hit, calls } = pairsIn(coverage);
  return [
    table(coverageTable(coverage)),
    '',
    `${schedules} schedules of ${Math.round(steps / schedules)} steps in ${seconds.toFixed(0)} s: ${Math.round(schedules / seconds)} a second, ${Math.round(schedules / cpuSeconds)} a second of CPU.`,
    `${calls} calls; ${hit} of ${possible} pairs of a call and a fault occurred.`,
    failures.length === 0 ? 'Every promise held.' : `${failures.length} schedules broke a promise:`,
    ...failures
      .slice(0, mostFailures)
      .map(({ seed, broken }) => `  seed ${seed}: ${broken[0]?.promise}: ${broken[0]?.what}`),
  ].join('\n');
}

export function printStory(seed: number, { broken, events, tried }: Story, all: boolean): string {
  const lines = storyLines(events, all);
  const shown = all ? lines : lines.slice(0, mostLines);
  const left = lines.length - shown.length;
  return [
    `The story of seed ${seed}${tried > 0 ? `, shrunk by playing ${tried} others` : ''}:`,
    ...shown.map((line) => `  ${line}`),
    ...(left > 0 ? [`  … and ${left} more; --shrink makes it shorter, --trace tells everything`] : []),
    ...broken.map(({ promise, what }) => `Broken (${promise}): ${what}`),
  ].join('\n');
}

export function printBugs(hunts: readonly BugHunt[]): string {
  const lines = hunts.map(({ bug, failure, schedules }) => [
    bug.name,
    bug.needs,
    failure === undefined ? 'NOT FOUND' : String(failure.seed),
    String(schedules),
    failure?.broken[0]?.promise ?? '–',
  ]);
  const found = hunts.filter(({ failure }) => failure !== undefined);
  return [
    table([['planted bug', 'needs', 'seed', 'schedules', 'broken promise'], ...lines]),
    ...hunts.flatMap(({ bug, story }) =>
      story === undefined ? [] : ['', `${bug.name}:`, ...story.slice(0, mostLines).map((line) => `  ${line}`)],
    ),
    '',
    `${found.length} of ${hunts.length} planted bugs were found; ${found.filter(({ bug }) => bug.needs === 'two').length} of them need two actors or two faults.`,
  ].join('\n');
}
