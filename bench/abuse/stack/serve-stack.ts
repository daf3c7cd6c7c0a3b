import { startBareProgram } from './bare-program';
import { startLocal } from '../../../local/start-local';

/** The local run without the dashboard, as a process of its own. It ends when its parent disconnects. */
async function main(): Promise<void> {
  const local = await startLocal({
    port: 0,
    dataFolder: process.argv[2] ?? '',
    report: (problem) => console.error(problem),
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1000 });
  });
  process.on('disconnect', () => void local.stop().finally(() => process.exit(0)));
  process.send?.({ connection: local.connection, bareProgram: await startBareProgram() });
}

void main();
