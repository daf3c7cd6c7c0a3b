import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { spawn } from 'node:child_process';
import { withConcurrency } from './concurrency-setting';

/** Runs `cdk deploy` for the account that the credentials belong to. @returns its exit code */
export async function runDeploy(args: readonly string[]): Promise<number> {
  const settled = await withConcurrency(args, {
    askQuota,
    warn: (sentence) => void process.stderr.write(`Warning: ${sentence}\n`),
  });
  const cdk = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), 'deploy', ...settled], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    cdk.once('error', reject);
    cdk.once('exit', (code) => resolve(code ?? 1));
  });
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
