import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What CloudFormation has to delete with a stack: the kinds of resources whose leftovers cost money or take a name. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  tables: ['dynamodb', 'list-tables', '--query', 'TableNames'],
  pools: ['cognito-idp', 'list-user-pools', '--max-results', '60', '--query', 'UserPools[].Name'],
  buckets: ['s3api', 'list-buckets', '--query', 'Buckets[].Name'],
  'log groups': ['logs', 'describe-log-groups', '--query', 'logGroups[].logGroupName'],
  functions: ['lambda', 'list-functions', '--query', 'Functions[].FunctionName'],
  topics: ['sns', 'list-topics', '--query', 'Topics[].TopicArn'],
  machines: ['stepfunctions', 'list-state-machines', '--query', 'stateMachines[].name'],
  addresses: ['ec2', 'describe-addresses', '--query', 'Addresses[].AllocationId'],
  distributions: ['cloudfront', 'list-distributions', '--query', 'DistributionList.Items[].Id'],
  policies: ['cloudfront', 'list-response-headers-policies', '--type', 'custom', '--query', 'ResponseHeadersPolicyList.Items[].ResponseHeadersPolicy.ResponseHeadersPolicyConfig.Name'], // prettier-ignore
};

/** The names of everything in the account and Region, `kind: name` each. */
export async function everythingIn(aws: string): Promise<ReadonlySet<string>> {
  const listed = await Promise.all(
    Object.entries(kinds).map(async ([kind, command]) => {
      const { stdout } = await run(aws, [...command, '--output', 'json']);
      const names: unknown = JSON.parse(stdout || 'null');
      return Array.isArray(names) ? names.map((name) => `${kind}: ${String(name)}`) : [];
    }),
  );
  return new Set(listed.flat());
}

/** What is there and was not there before. */
export async function newSince(aws: string, before: ReadonlySet<string>): Promise<string[]> {
  return [...(await everythingIn(aws))].filter((one) => !before.has(one)).sort();
}
