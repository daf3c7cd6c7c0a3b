import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sections } from './sections';

export interface Digest {
  readonly lines: number;
  readonly sha256: string;
}

export const digestsFile = join(__dirname, 'digests.json');

/** The digest of each section as this Node makes it. */
export async function digestsHere(): Promise<Record<string, Digest>> {
  const digests: Record<string, Digest> = {};
  for (const [name, section] of Object.entries(sections)) {
    const lines = await section();
    digests[name] = { lines: lines.length, sha256: createHash('sha256').update(lines.join('\n')).digest('hex') };
  }
  return digests;
}
