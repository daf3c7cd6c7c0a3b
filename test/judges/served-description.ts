import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../e2e/stack';

/** Writes openapi.json as it is served into a folder, as those do who make a client of it. @returns the file */
export async function writeServedDescription(
  { connection }: Pick<Stack, 'connection'>,
  folder: string,
): Promise<string> {
  const file = join(folder, 'openapi.json');
  const answer = await fetch(`${connection.api_url}/api/v1/openapi.json`);
  writeFileSync(file, await answer.text());
  return file;
}
