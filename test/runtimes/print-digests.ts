import { writeFileSync } from 'node:fs';
import { digestsFile, digestsHere } from './digests';
import { sections } from './sections';

/**
 * `npm run runtimes` prints the digest of each section on this Node, `npm run runtimes -- --write` keeps them, and
 * `npm run runtimes -- "stored rows"` prints the lines of one, to be compared with those of another Node.
 */
async function main([argument]: readonly string[]): Promise<void> {
  const section = argument === undefined ? undefined : sections[argument];
  if (section !== undefined) {
    process.stdout.write(`${(await section()).join('\n')}\n`);
    return;
  }
  const digests = `${JSON.stringify(await digestsHere(), undefined, 2)}\n`;
  if (argument === '--write') writeFileSync(digestsFile, digests);
  process.stdout.write(digests);
}

void main(process.argv.slice(2));
