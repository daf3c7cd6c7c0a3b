import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The shell commands below a heading of a page, block by block, as a reader would paste them. */
export function commandsBelow(page: string, heading: string): string[] {
  const text = readFileSync(resolve(__dirname, '..', '..', '..', '..', page), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`${page} has no heading ${heading}`);
  return [...section.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, block = '']) => block);
}
