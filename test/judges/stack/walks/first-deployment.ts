import { join } from 'node:path';
import { commandsBelow } from '../deployment/documented';
import type { Shell } from '../deployment/shell';

/** The stack that docs/deploy.md deploys first. */
export const deployedStack = 'CoffieldWorkflows-production';

const session = `export STACK=${deployedStack}\n`;

/**
 * Follows "The first deployment" of docs/deploy.md to the letter, with the sign-in part of docs/people.md: deploys, makes a
 * tenant, a workflow and a token, starts a run, follows it, finds its log lines in CloudWatch, sets off an alarm, and lets a
 * person in. Throws where a command fails or shows something else than the page says.
 */
export async function walkFirstDeployment(shell: Shell, folder: string, onDeployed: () => void): Promise<void> {
  const [deploy = '', make = '', trigger = '', find = '', alarm = ''] = commandsBelow(
    'docs/deploy.md',
    'The first deployment',
  );
  await shell(withPackages(deploy));
  onDeployed();
  const made = await shell(make.replaceAll('spring-promo.json', join(folder, 'spring-promo.json')));
  const [token] = /cwf_pat_\w+/.exec(made) ?? [];
  if (token === undefined) throw new Error('No token was printed');

  const triggered = session + trigger.replace(/TOKEN=\S+/, `TOKEN=${token}`);
  const followed = await shell(`${triggered}\necho "$TOKEN $ADDRESS" > ${join(folder, 'token')}`);
  for (const shown of ['"status":"queued"', 'Kicking off Spring Promo', 'succeeded'])
    if (!followed.includes(shown)) throw new Error(`Neither curl nor runs tail showed ${shown}`);
  const [uid = ''] = /run_[0-9A-Z]{26}/.exec(followed) ?? [];
  const found = await shell(
    `{ ${session}${withoutSource(find).replace('run_01…', uid)}} | grep -o '"event[^,]*step_performed.*${uid}'`,
  );
  if (!found.includes('step_performed')) throw new Error(`CloudWatch found no log lines of ${uid}`);

  const state = `aws cloudwatch describe-alarms --alarm-names $ALARM --query "MetricAlarms[0].StateValue" --output text`;
  const alarmed = await shell(`${session}${alarm}\n${state}`);
  if (!alarmed.includes('ALARM')) throw new Error('No alarm was set off');

  const [invite = '', join_ = ''] = commandsBelow('docs/people.md', 'In AWS');
  const invited = await shell(`${invite}\n${join_}`);
  if (!invited.includes('FORCE_CHANGE_PASSWORD') || !invited.includes('ada@acme.example'))
    throw new Error('Nobody was invited, or the invited person is no member');
}

/** The packages are here already, and nobody is there to confirm what the deployment may do. */
export function withPackages(commands: string): string {
  return commands.replace(/^npm ci.*\n/m, 'export CDK_REQUIRE_APPROVAL=never\n');
}

/** MiniStack's Logs Insights knows no SOURCE, so the log groups are named one by one. */
function withoutSource(query: string): string {
  const groups = `$(aws logs describe-log-groups --query "logGroups[?contains(logGroupName,'$STACK')].logGroupName" --output text)`;
  return query
    .replace(/SOURCE logGroups\([^)]*\) \| /, '')
    .replace('aws logs start-query', `aws logs start-query --log-group-names ${groups}`);
}
