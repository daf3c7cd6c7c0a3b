import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalsIn, type FreshAccount } from '../on-ministack';
import { commandsBelow } from '../deployment/documented';
import { everythingIn, newSince } from '../deployment/left-behind';
import type { Shell } from '../deployment/shell';
import { deployedStack, withPackages } from './first-deployment';

/**
 * Follows "When the first deployment fails" of docs/deploy.md: an account that CloudFront refuses hears of it before anything
 * is created; a deployment that fails nevertheless leaves nothing; the same command then works; and production can be
 * created again after it was destroyed.
 */
export async function walkFailures(shell: Shell, account: FreshAccount): Promise<void> {
  const { aws, folder } = account;
  const [deploy = ''] = commandsBelow('docs/deploy.md', 'The first deployment');
  await shell(withPackages(deploy.replace(/^npm run deploy.*\n/m, '')));
  const deployment = withPackages(deploy.replace(/^npm run cdk.*\n/m, ''));
  const empty = await everythingIn(aws);

  await refusing(folder, 'asked', async () => {
    const said = await failing(shell, deployment);
    if (!/CloudFront refuses this account.*Nothing was created/s.test(said)) throw new Error(`It said: ${said}`);
  });
  requireNothing('an account that CloudFront refuses', await newSince(aws, empty));

  await refusing(folder, 'deployed', async () => {
    const said = await failing(shell, deployment);
    if (!/The first deployment of \S+ failed.*run the same command again/s.test(said))
      throw new Error(`It said: ${said}`);
  });
  requireNothing('a first deployment that failed', await newSince(aws, empty));

  await shell(deployment);
  const created = await newSince(aws, empty);
  await requireProtection(shell);
  console.log(`The same command then created production, with ${created.length} named resources`);

  await destroyProduction(shell);
  const kept = await newSince(aws, empty);
  for (const kind of ['tables', 'pools', 'buckets', 'log groups'])
    if (!kept.some((one) => one.startsWith(kind))) throw new Error(`Production kept no ${kind}`);
  await shell(deployment);
  await requireProtection(shell);
  console.log(`Production was created again beside what the destroyed one kept: ${kept.length} named resources`);
}

/** Commands that end with an error. @returns what they said on standard error */
async function failing(shell: Shell, commands: string): Promise<string> {
  const said = await shell(`! { ${commands} } 2>&1`);
  return said;
}

async function refusing(folder: string, how: string, act: () => Promise<void>): Promise<void> {
  const file = join(refusalsIn(folder), how);
  writeFileSync(file, '');
  await act();
  rmSync(file);
}

async function requireProtection(shell: Shell): Promise<void> {
  const query = 'Stacks[0].[StackStatus,EnableTerminationProtection]';
  const told = await shell(
    `aws cloudformation describe-stacks --stack-name ${deployedStack} --query "${query}" --output text`,
  );
  if (!/UPDATE_COMPLETE\s+True/.test(told)) throw new Error(`Production is not protected: ${told}`);
}

/** As "Upgrade and roll back" of docs/deploy.md says. */
async function destroyProduction(shell: Shell): Promise<void> {
  const lift = 'aws cloudformation update-termination-protection --no-enable-termination-protection';
  await shell(`${lift} --stack-name ${deployedStack}\nnpm run cdk -- destroy -c stage=production --force`);
}

function requireNothing(what: string, left: readonly string[]): void {
  if (left.length > 0) throw new Error(`After ${what} there is still ${left.join(', ')}`);
  console.log(`After ${what}, nothing is left`);
}
