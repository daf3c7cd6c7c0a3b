import { startGround } from './fixture';
import { flows } from './flows';
import { printWalks } from './print-walks';
import { walk, type Walk } from './walk';

/** `npm run faults [part of a flow's name]`: walks every fault point and prints what held. */
async function main(): Promise<void> {
  const wanted = process.argv[2] ?? '';
  const ground = await startGround();
  const walks: Walk[] = [];
  for (const flow of flows.filter(({ name }) => name.includes(wanted))) {
    process.stderr.write(`${flow.name}\n`);
    walks.push(await walk(ground, flow));
  }
  await ground.stop();
  console.log(`\n${printWalks(walks)}`);
  process.exitCode = walks.some(({ replays }) => replays.some(({ violations }) => violations.length > 0)) ? 1 : 0;
}

void main();
