import type { PlantedBug } from '../bugs/planted-bug';
import { storyLines } from '../story/lines';
import { bundleWorker } from './bundle-worker';
import type { Failure } from './messages';
import { play, tell } from './play';

/** What came of one planted bug. */
export interface BugHunt {
  readonly bug: PlantedBug;
  /** Schedules until it was found, or all of them. */
  readonly schedules: number;
  readonly failure: Failure | undefined;
  /** The shrunk story, if it was asked for. */
  readonly story: readonly string[] | undefined;
}

interface Hunting {
  readonly seeds: number;
  readonly seed: number;
  readonly shrink: boolean;
  readonly workers: number;
}

/** Plants each bug in turn, and plays schedules until one breaks a promise that the bug breaks. */
export async function findBugs(
  bugs: readonly PlantedBug[],
  { seeds, seed, shrink, workers }: Hunting,
  report: (line: string) => void,
): Promise<BugHunt[]> {
  const hunts: BugHunt[] = [];
  for (const bug of bugs) {
    const bundle = await bundleWorker(bug);
    try {
      const { failures, schedules } = await play(bundle.file, {
        from: seed,
        count: seeds,
        workers,
        stopAt: bug.breaks,
      });
      const failure = failures.find(({ broken }) => broken.some(({ promise }) => bug.breaks.includes(promise)));
      const story =
        failure && shrink ? storyLines((await tell(bundle.file, failure.seed, true)).events, false) : undefined;
      report(`${failure === undefined ? 'NOT FOUND' : `seed ${failure.seed}`}: ${bug.name}`);
      hunts.push({ bug, schedules, failure, story });
    } finally {
      bundle.remove();
    }
  }
  return hunts;
}
