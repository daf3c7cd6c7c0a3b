import { paginateListStackResources, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  DeleteFunctionCommand,
  GetAliasCommand,
  paginateListVersionsByFunction,
  type LambdaClient,
} from '@aws-sdk/client-lambda';

interface Clients {
  readonly cloudFormation: CloudFormationClient;
  readonly lambda: LambdaClient;
}

/** A function that is reached by an alias. */
interface Aliased {
  readonly functionName: string;
  readonly alias: string;
}

/**
 * Deletes the versions of a stack's functions that no request can reach any more. Kept are those that an alias names, and
 * the newest other one: the version that the last release replaced, to which Lambda may still route for some seconds.
 *
 * @returns how many were deleted
 */
export async function pruneVersions(stackName: string, clients: Clients): Promise<number> {
  let deleted = 0;
  for (const aliased of await aliasedFunctions(stackName, clients.cloudFormation)) {
    for (const version of await unreachableVersions(aliased, clients.lambda)) {
      await clients.lambda.send(
        new DeleteFunctionCommand({ FunctionName: aliased.functionName, Qualifier: String(version) }),
      );
      deleted += 1;
    }
  }
  return deleted;
}

async function aliasedFunctions(stackName: string, client: CloudFormationClient): Promise<Aliased[]> {
  const found: Aliased[] = [];
  for await (const { StackResourceSummaries: page = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const { ResourceType: type, PhysicalResourceId: arn = '' } of page) {
      const [, functionName, alias] = /:function:([^:]+):([^:]+)$/.exec(arn) ?? [];
      if (type === 'AWS::Lambda::Alias' && functionName !== undefined && alias !== undefined)
        found.push({ functionName, alias });
    }
  }
  return found;
}

async function unreachableVersions({ functionName, alias }: Aliased, client: LambdaClient): Promise<number[]> {
  // The alias is read first: a version that appears afterwards is newer than all that are deleted.
  const { FunctionVersion: live, RoutingConfig: routing } = await client.send(
    new GetAliasCommand({ FunctionName: functionName, Name: alias }),
  );
  const reached = new Set([Number(live), ...Object.keys(routing?.AdditionalVersionWeights ?? {}).map(Number)]);
  const published: number[] = [];
  for await (const { Versions: page = [] } of paginateListVersionsByFunction(
    { client },
    { FunctionName: functionName },
  ))
    // Besides the published ones there is $LATEST.
    published.push(...page.map(({ Version: version }) => Number(version)).filter(Number.isInteger));
  const others = published.filter((version) => !reached.has(version)).sort((a, b) => b - a);
  return others.slice(1);
}
