import { join } from 'node:path';
import { commandsBelow } from './documented';
import type { Shell } from './shell';

/** The stack that docs/deploy.md deploys first. */
export const deployedStack = 'CoffieldWorkflows-production';

/**
 * Follows "The first deployment" of docs/deploy.md to the letter: deploys, makes a tenant, a workflow and a token, starts
 * a run, follows it, and finds its log lines in CloudWatch. Throws where a command fails or shows something else than the
 * page says.
 */
export async function walkFirstDeployment(shell: Shell, folder: string, onDeployed: () => void): Promise<void> {
  const [deploy = '', make = '', trigger = '', find = ''] = commandsBelow('docs/deploy.md', 'The first deployment');
  // The packages are here already, and nobody is there to confirm what the deployment may do.
  await shell(`npm run cdk -- bootstrap\n${deploy.replace(/^npm ci.*\n/m, 'export CDK_REQUIRE_APPROVAL=never\n')}`);
  onDeployed();
  const made = await shell(make.replaceAll('spring-promo.json', join(folder, 'spring-promo.json')));
  const [token] = /cwf_pat_\w+/.exec(made) ?? [];
  if (token === undefined) throw new Error('No token was printed');

  const session = `export STACK=${deployedStack}\n`;
  const followed = await shell(session + trigger.replace(/TOKEN=\S+/, `TOKEN=${token}`));
  for (const shown of ['"status":"queued"', 'Kicking off Spring Promo', 'succeeded'])
    if (!followed.includes(shown)) throw new Error(`Neither curl nor runs tail showed ${shown}`);
  const [uid = ''] = /run_[0-9A-Z]{26}/.exec(followed) ?? [];
  const found = await shell(
    `{ ${session}${withoutSource(find).replace('run_01…', uid)}} | grep -o '"event[^,]*step_performed.*${uid}'`,
  );
  if (!found.includes('step_performed')) throw new Error(`CloudWatch found no log lines of ${uid}`);
}

/** MiniStack's Logs Insights knows no SOURCE, so the log groups are named one by one. */
function withoutSource(query: string): string {
  const groups = `$(aws logs describe-log-groups --query "logGroups[?contains(logGroupName,'$STACK')].logGroupName" --output text)`;
  return query
    .replace(/SOURCE logGroups\([^)]*\) \| /, '')
    .replace('aws logs start-query', `aws logs start-query --log-group-names ${groups}`);
}
