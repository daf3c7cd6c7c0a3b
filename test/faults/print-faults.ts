import { startFixture } from './fixture';
import { flows } from './flows';
import { printWalks } from './print-walks';
import { walk, type Walk } from './walk';

/**
 * `npm run faults [-- <part of a flow's name>]` injects every fault into every call of the flows and prints the
 * results.
 */
async function main(): Promise<void> {
  const nameFilter = process.argv[2] ?? '';
  const fixture = await startFixture();
  const walks: Walk[] = [];
  for (const flow of flows.filter(({ name }) => name.includes(nameFilter))) {
    process.stderr.write(`${flow.name}\n`);
    walks.push(await walk(fixture, flow));
  }
  await fixture.stop();
  console.log(`\n${printWalks(walks)}`);
  process.exitCode = walks.some(({ replays }) => replays.some(({ violations }) => violations.length > 0)) ? 1 : 0;
}

void main();
