import { CloudFormationClient, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  type AliasConfiguration,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { pruneVersions } from '../../bin/deploy/prune-versions';

const cloudFormation = mockClient(CloudFormationClient);
const lambda = mockClient(LambdaClient);
const clients = { cloudFormation: new CloudFormationClient({}), lambda: new LambdaClient({}) };

async function deletedAfter(versions: readonly string[], alias: AliasConfiguration): Promise<string[]> {
  const arn = 'arn:aws:lambda:eu-west-1:111122223333:function:CoffieldWorkflows-dev-RestApi1A2B';
  cloudFormation
    .reset()
    .on(ListStackResourcesCommand)
    .resolves({
      StackResourceSummaries: [
        { ResourceType: 'AWS::Lambda::Function', PhysicalResourceId: 'CoffieldWorkflows-dev-RunSegment3C4D' },
        { ResourceType: 'AWS::Lambda::Version', PhysicalResourceId: `${arn}:9` },
        { ResourceType: 'AWS::Lambda::Alias', PhysicalResourceId: `${arn}:live` },
      ].map((one) => ({
        ...one,
        LogicalResourceId: 'x',
        LastUpdatedTimestamp: new Date(0),
        ResourceStatus: 'CREATE_COMPLETE',
      })),
    });
  lambda.reset();
  lambda.on(GetAliasCommand).resolves(alias);
  lambda
    .on(ListVersionsByFunctionCommand)
    .resolvesOnce({ Versions: versions.slice(0, 3).map((Version) => ({ Version })), NextMarker: 'more' })
    .resolves({ Versions: versions.slice(3).map((Version) => ({ Version })) });

  const deleted = await pruneVersions('CoffieldWorkflows-dev', clients);

  const calls = lambda.commandCalls(DeleteFunctionCommand).map(({ args: [command] }) => command.input);
  expect(calls).toHaveLength(deleted);
  for (const { FunctionName } of calls) expect(FunctionName).toBe('CoffieldWorkflows-dev-RestApi1A2B');
  return calls.map(({ Qualifier }) => Qualifier!);
}

test('after a release the version that is live and the one before it stay, and all older ones are deleted', async () => {
  expect(await deletedAfter(['$LATEST', '1', '2', '9', '10'], { FunctionVersion: '10' })).toEqual(['2', '1']);
});

test('while a canary is under way nothing that it needs is deleted', async () => {
  const alias = { FunctionVersion: '7', RoutingConfig: { AdditionalVersionWeights: { '8': 0.1 } } };

  expect(await deletedAfter(['$LATEST', '6', '7', '8'], alias)).toEqual([]);
});

test.each([[['$LATEST']], [['$LATEST', '1']], [['$LATEST', '1', '2']]])(
  'of %j nothing is deleted, and never the function itself',
  async (versions) => {
    expect(await deletedAfter(versions, { FunctionVersion: versions.at(-1) ?? '1' })).toEqual([]);
  },
);
