import { seededRandom } from '../random';
import { runSchedule } from '../run-schedule';
import { randomChoices } from '../schedule/choices';
import { tellStory } from '../story/tell-story';
import { coverageCounter } from './coverage';
import type { Failure, Order, Report } from './messages';

/** Played schedules after which a worker says how far it is. */
const perReport = 200;

/** Plays schedules in a process of its own, and answers orders of the command that started it. */
function work(): void {
  // Errors are part of most schedules, and their stacks would be a tenth of the time.
  Error.stackTraceLimit = 0;
  process.on('message', (order: Order) => void obey(order));
  process.on('disconnect', () => process.exit());
}

async function obey(order: Order): Promise<void> {
  if (order.kind === 'tell') {
    Error.stackTraceLimit = 10;
    report({ kind: 'told', story: await tellStory(order.seed, order.shrink) });
    return;
  }
  const began = process.cpuUsage();
  const coverage = coverageCounter();
  let [steps, played] = [0, 0];
  let failures: Failure[] = [];
  for (let seed = order.from; seed < order.to; seed += order.everyNth) {
    const outcome = await runSchedule(randomChoices(seededRandom(seed)), { cover: coverage.count });
    steps += outcome.steps;
    played += 1;
    if (outcome.broken.length > 0) failures.push({ seed, broken: outcome.broken });
    const isLast = outcome.broken.some(({ promise }) => order.stopAt.includes(promise));
    if (played === perReport || isLast || seed + order.everyNth >= order.to) {
      report({ kind: 'progress', played, failures });
      [played, failures] = [0, []];
    }
    if (isLast) break;
  }
  const { user, system } = process.cpuUsage(began);
  report({ kind: 'played', steps, cpuSeconds: (user + system) / 1e6, coverage: coverage.counts() });
}

function report(said: Report): void {
  process.send?.(said);
}

work();
