import { paginateListStackResources, type CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { FunctionName } from '../../../functions/contract/functions';
import { OperatorProblem } from '../terminal/operator-problem';

/**
 * The functions that log lines about a run with its uid, and the logical id of each one's log group without the hash
 * that the CDK appends. The others have none: `authorization-server` knows no runs, `reconcile-runs` names them by their
 * numbers, and the API's access log and the vended logs of the state machines repeat the same events in more words.
 */
export const runLogGroupIds = {
  'rest-api': 'RestApiFunctionLogs',
  'mcp-server': 'McpServerFunctionLogs',
  'run-segment': 'RunsRunSegmentLogs',
  'deliver-webhook': 'DeliveriesDeliverWebhookLogs',
  'recover-runs': 'RecoveryRecoverRunsLogs',
} as const satisfies Partial<Record<FunctionName, string>>;

/** Names of the log groups that can hold lines about a run. @throws OperatorProblem if the stack lacks one of them */
export async function listRunLogGroups(client: CloudFormationClient, stackName: string): Promise<string[]> {
  const found = new Map<string, string>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: stackName },
  )) {
    for (const { LogicalResourceId: id = '', PhysicalResourceId: name, ResourceType: type } of StackResourceSummaries)
      if (type === 'AWS::Logs::LogGroup' && name !== undefined) found.set(id.replace(/[0-9A-F]{8}$/, ''), name);
  }
  return Object.values(runLogGroupIds).map((id) => {
    const name = found.get(id);
    if (name !== undefined) return name;
    throw new OperatorProblem(
      'place_not_found',
      `Stack ${stackName} has no log group ${id}: it is a deployment of another version. Run the version that is deployed.`,
    );
  });
}
