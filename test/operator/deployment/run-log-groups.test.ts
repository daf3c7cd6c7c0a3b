import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { listStackResources } from '../../../bin/operator/deployment/list-stack-resources';
import { runLogGroupIds, runLogGroupsOf } from '../../../bin/operator/deployment/run-log-groups';
import { functionNames, type FunctionName } from '../../../functions/contract/functions';
import { lambda, synthesize } from '../../lib/synthesize';
import { deployedStack, stackName } from '../aws/stack';
import { startAws, type AnswerCall } from '../aws/start-aws';

const functionsFolder = join(__dirname, '../../../functions');

/** Asks this CloudFormation. */
async function listFrom(answer: AnswerCall): Promise<string[]> {
  const aws = await startAws(answer);
  const client = new CloudFormationClient();
  try {
    return runLogGroupsOf(stackName, await listStackResources(client, stackName));
  } finally {
    client.destroy();
    await aws.stop();
  }
}

test('the log groups that are followed are those to which these functions write', async () => {
  const { template } = synthesize({});
  const stack = deployedStack({});

  const found = await listFrom(stack.answer);

  const names = Object.keys(runLogGroupIds) as FunctionName[];
  expect(found).toEqual(
    names.map((name) => stack.physicalNames[lambda(template, name).Properties.LoggingConfig.LogGroup.Ref]),
  );
});

test('a stack without one of these log groups is one of another version, and the error says so', async () => {
  const stack = deployedStack({});

  const listing = listFrom((call) => ({
    body: String(stack.answer(call).body).replace('RunsRunSegmentLogs', 'RunsSegmentLogs'),
  }));

  await expect(listing).rejects.toThrow(/has no log group RunsRunSegmentLogs: it is a deployment of another version\./);
});

/** A run's uid as a field of a log line, in the ways in which the functions write it. */
const logsUid = /\brun: (?:run\.uid|uid\b|\w+\.run_uid)|\buid: run\b/;

/** The files of a function, from its handler on, without those of which it imports only types. */
function filesOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/^import (?!type\b)[^;]*?'(\.[^']+)'/gm)) {
    const target = `${join(dirname(file), path!)}.ts`;
    if (existsSync(target)) filesOf(target, seen);
  }
  return seen;
}

test.each(functionNames)('%s is among these functions if, and only if, it logs the uids of runs', (name) => {
  const files = [...filesOf(join(functionsFolder, name, 'handler.ts'))];
  const logging = files.filter((file) => !file.includes('/domain/') && logsUid.test(readFileSync(file, 'utf8')));

  expect(files.length).toBeGreaterThan(5);
  expect(logging.length > 0).toBe(name in runLogGroupIds);
});
