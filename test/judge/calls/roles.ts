import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Statement } from './grants';

const run = promisify(execFile);

/** What IAM and STS of the target say, asked with the AWS CLI. */
export interface Roles {
  /** The statements of all policies of a function's role. */
  readonly statementsOf: (functionName: string) => Promise<Statement[]>;
  /** The function whose role an access key is a session of, or undefined for any other caller. */
  readonly functionOf: (accessKey: string) => Promise<string | undefined>;
}

export function openRoles(aws: string, environment: NodeJS.ProcessEnv): Roles {
  const ask = async (args: readonly string[], caller: NodeJS.ProcessEnv = {}): Promise<any> => {
    const { stdout } = await run(aws, [...args, '--output', 'json'], { env: { ...environment, ...caller } });
    return JSON.parse(stdout);
  };
  return {
    async statementsOf(functionName) {
      const { Role: arn } = await ask(['lambda', 'get-function-configuration', '--function-name', functionName]);
      const role = ['--role-name', String(arn).split('/').at(-1) ?? ''];
      const { AttachedPolicies: attached } = await ask(['iam', 'list-attached-role-policies', ...role]);
      if (attached.length > 0) throw new Error(`The role of ${functionName} has managed policies`);
      const { PolicyNames: names } = await ask(['iam', 'list-role-policies', ...role]);
      const policies = await Promise.all(
        names.map((name: string) => ask(['iam', 'get-role-policy', ...role, '--policy-name', name])),
      );
      return policies.flatMap(({ PolicyDocument: document }) => document.Statement);
    },
    async functionOf(accessKey) {
      const { Arn: arn } = await ask(['sts', 'get-caller-identity'], { AWS_ACCESS_KEY_ID: accessKey });
      return /:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1];
    },
  };
}
