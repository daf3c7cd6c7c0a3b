import { parseArgs } from 'node:util';
import { outdated, writeParts } from '../generated';
import { figuresParts } from './figures-parts';

/** `npm run figures [-- --write | --check]`: limits, times and refusals, from the constants of the code. */
function main(): void {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, check: { type: 'boolean' } } });
  const parts = figuresParts();
  if (values.write) writeParts(parts);
  if (values.check) {
    const stale = outdated(parts);
    if (stale.length > 0) {
      console.error(`Not what the code says; run npm run figures -- --write:\n${stale.join('\n')}`);
      process.exitCode = 1;
    }
    return;
  }
  console.log(parts.map(({ file, name, text }) => `${file}, ${name}\n\n${text}`).join('\n\n'));
}

main();
