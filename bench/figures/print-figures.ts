import { parseArgs } from 'node:util';
import { checkParts, writeParts } from '../generated';
import { figuresParts } from './figures-parts';

/** `npm run figures [-- --write | --check]`: limits, times and refusals, from the constants of the code. */
function main(): void {
  const { values } = parseArgs({ options: { write: { type: 'boolean' }, check: { type: 'boolean' } } });
  const parts = figuresParts();
  if (values.write) writeParts(parts);
  if (values.check) {
    checkParts(parts, 'npm run figures');
    return;
  }
  console.log(parts.map(({ file, name, text }) => `${file}, ${name}\n\n${text}`).join('\n\n'));
}

main();
