import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { withConcurrency } from './concurrency-setting';
import { runCdk } from './run-cdk';

/** Runs `cdk deploy` for the account that the credentials belong to. @returns its exit code */
export async function runDeploy(args: readonly string[]): Promise<number> {
  const settled = await withConcurrency(args, {
    askQuota,
    warn: (sentence) => void process.stderr.write(`Warning: ${sentence}\n`),
  });
  return runCdk(['deploy', ...settled]);
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
