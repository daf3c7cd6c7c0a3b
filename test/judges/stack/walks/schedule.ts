import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandsBelow } from '../deployment/documented';
import type { Shell } from '../deployment/shell';
import { deployedStack } from './first-deployment';

/**
 * Follows "On a schedule, or on an event" of docs/deploy.md to the letter, after the first deployment: three events, two of
 * them with one tick, must start two runs.
 */
export async function walkSchedule(shell: Shell, folder: string): Promise<void> {
  const [token = '', address = ''] = readFileSync(join(folder, 'token'), 'utf8').trim().split(' ');
  const [connect = '', attempt = ''] = commandsBelow('docs/deploy.md', 'On a schedule, or on an event');
  const session = `export STACK=${deployedStack} TOKEN=${token} ADDRESS=${address}\n${versionTwo(folder)}`;
  const before = await runsOf(shell, session);
  await shell(`${session}${connect}\n${attempt}`);
  const started = (await runsOf(shell, session)) - before;
  if (started !== 2) throw new Error(`Events with the ticks A, A and B started ${started} runs`);
}

async function runsOf(shell: Shell, session: string): Promise<number> {
  const listed = await shell(`${session}npm run --silent operator -- --stack $STACK --json runs list acme`);
  return JSON.parse(listed.slice(listed.indexOf('{'))).data.length;
}

/** The AWS CLI that can be installed here is version 1, which would fetch a parameter that begins with https://. */
function versionTwo(folder: string): string {
  const file = join(folder, 'aws-config');
  return `export AWS_CONFIG_FILE=${file}\nprintf '[default]\\ncli_follow_urlparam = false\\n' > ${file}\n`;
}
