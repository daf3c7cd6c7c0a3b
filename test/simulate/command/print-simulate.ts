import { plantedBugs } from '../bugs/planted-bugs';
import { bundleWorker } from './bundle-worker';
import { findBugs } from './find-bugs';
import { readOptions, usage, type Options } from './options';
import { play, tell } from './play';
import { printBugs, printPlayed, printStory } from './print';

/** `npm run simulate`: plays schedules and prints what came of them. It fails if one broke a promise. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  process.exitCode = options.bugs ? await plant(options) : await simulate(options);
}

async function simulate({ seeds, seed, shrink, trace, workers, json }: Options): Promise<number> {
  const bundle = await bundleWorker();
  try {
    if (trace) {
      console.log(printStory(seed, await tell(bundle.file, seed, false), true));
      return 0;
    }
    const played = await play(bundle.file, { from: seed, count: seeds, workers, onProgress: progressTo(seeds) });
    console.log(json ? JSON.stringify(played) : printPlayed(played));
    const [first] = played.failures;
    if (first === undefined) return 0;
    if (!json) console.log(printStory(first.seed, await tell(bundle.file, first.seed, shrink), false));
    return 1;
  } finally {
    bundle.remove();
  }
}

async function plant({ seeds, seed, shrink, workers, json }: Options): Promise<number> {
  const found = await findBugs(plantedBugs, { seeds, seed, shrink, workers }, (line) =>
    process.stderr.write(`${line}\n`),
  );
  console.log(json ? JSON.stringify(found) : printBugs(found));
  return found.every(({ failure }) => failure !== undefined) ? 0 : 1;
}

function progressTo(seeds: number) {
  let told = 0;
  return (schedules: number, failures: number) => {
    if (schedules - told < seeds / 10 || schedules === seeds) return;
    told = schedules;
    process.stderr.write(`${schedules} of ${seeds} schedules, ${failures} failed\n`);
  };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 2;
});
