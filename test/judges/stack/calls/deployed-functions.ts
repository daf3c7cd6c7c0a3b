import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { accessKeyOf } from '../ministack/access-key';
import type { Statement } from './grants';

const run = promisify(execFile);

/** A function of the product, as the APIs of the target describe it. */
export interface DeployedFunction {
  readonly name: string;
  /** One of the function itself, and one of each of its versions. */
  readonly accessKeys: readonly string[];
  /** The statements of all policies of its role. */
  readonly statements: readonly Statement[];
}

/** @param aws the AWS CLI */
export async function deployedFunctions(stack: string, aws: string): Promise<DeployedFunction[]> {
  const ask = async (...args: string[]): Promise<any> =>
    JSON.parse((await run(aws, [...args, '--output', 'json'])).stdout);
  const { Functions: all } = await ask('lambda', 'list-functions');
  // The CDK's own functions, which empty and fill the bucket, do not run the product.
  const own = all.filter(({ FunctionName: name }: any) => name.startsWith(`${stack}-`) && !name.includes('-Custom'));
  return Promise.all(
    own.map(async ({ FunctionName, FunctionArn: functionArn, Role: roleArn }: any) => ({
      name: shortName(stack, FunctionName),
      accessKeys: (await versionsOf(functionArn, ask)).map((arn) => accessKeyOf({ functionArn: arn, roleArn })),
      statements: await statementsOf(roleArn, ask),
    })),
  );
}

async function versionsOf(functionArn: string, ask: (...args: string[]) => Promise<any>): Promise<string[]> {
  const { Versions: versions } = await ask('lambda', 'list-versions-by-function', '--function-name', functionArn);
  return [...new Set([functionArn, ...versions.map((one: any) => one.FunctionArn)])];
}

async function statementsOf(roleArn: string, ask: (...args: string[]) => Promise<any>): Promise<Statement[]> {
  const role = ['--role-name', roleArn.split('/').at(-1) ?? ''];
  const { AttachedPolicies: attached } = await ask('iam', 'list-attached-role-policies', ...role);
  if (attached.length > 0) throw new Error(`${roleArn} has managed policies`);
  const { PolicyNames: names } = await ask('iam', 'list-role-policies', ...role);
  const policies = await Promise.all(
    names.map((name: string) => ask('iam', 'get-role-policy', ...role, '--policy-name', name)),
  );
  return policies.flatMap(({ PolicyDocument: document }) => document.Statement);
}

/** Without the name of the stack and what CloudFormation appends, such as `RestApiFunction`. */
function shortName(stack: string, name: string): string {
  return name.slice(stack.length + 1).replace(/[0-9A-F]{6,}(-\w+)?$/, '');
}
