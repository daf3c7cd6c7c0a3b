import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import cdk from '../../cdk.json';
import { defaultStage, stackNameOf } from '../../functions/contract/stack';
import { withConcurrency } from './concurrency-setting';
import { contextOf, profileOf } from './context';
import { pruneVersions } from './prune-versions';
import { runCdk } from './run-cdk';

const warn = (sentence: string) => void process.stderr.write(`Warning: ${sentence}\n`);

/** Runs `cdk deploy` for the account that the credentials belong to. @returns its exit code */
export async function runDeploy(args: readonly string[]): Promise<number> {
  const settled = await withConcurrency(args, { askQuota, warn });
  const code = await runCdk(['deploy', ...settled]);
  if (code === 0) await pruneAfter(args);
  return code;
}

async function askQuota(): Promise<number> {
  const lambda = new LambdaClient({});
  try {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
    const quota = AccountLimit?.ConcurrentExecutions;
    if (quota === undefined) throw new Error('the answer names no quota');
    return quota;
  } finally {
    lambda.destroy();
  }
}

/** The deployment has succeeded, whether old versions can be removed or not; the next one removes those that are left. */
async function pruneAfter(args: readonly string[]): Promise<void> {
  const context = contextOf(args, cdk.context);
  if (context('part') === 'firewall') return;
  const profile = profileOf(args);
  const options = profile === undefined ? {} : { profile };
  const clients = { cloudFormation: new CloudFormationClient(options), lambda: new LambdaClient(options) };
  try {
    await pruneVersions(stackNameOf(context('stage') ?? defaultStage), clients);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    warn(`Versions of earlier releases were not removed (${why}). The next deployment tries again.`);
  } finally {
    for (const client of Object.values(clients)) client.destroy();
  }
}
