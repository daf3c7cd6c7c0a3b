import { spawn } from 'node:child_process';

/** Runs the CDK's command line in this terminal. @returns its exit code */
export function runCdk(args: readonly string[]): Promise<number> {
  const cdk = spawn(process.execPath, [require.resolve('aws-cdk/bin/cdk'), ...args], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    cdk.once('error', reject);
    cdk.once('exit', (code) => resolve(code ?? 1));
  });
}
