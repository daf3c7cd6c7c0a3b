import type { FunctionName } from '../../../functions/contract/functions';
import { OperatorProblem } from '../terminal/operator-problem';
import type { StackResource } from './list-stack-resources';

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
export function runLogGroupsOf(stackName: string, resources: readonly StackResource[]): string[] {
  return Object.values(runLogGroupIds).map((id) => {
    const found = resources.find((resource) => resource.type === 'AWS::Logs::LogGroup' && resource.id === id);
    if (found !== undefined) return found.name;
    throw new OperatorProblem(
      'place_not_found',
      `Stack ${stackName} has no log group ${id}: it is a deployment of another version. Run the version that is deployed.`,
    );
  });
}
