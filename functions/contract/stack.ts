import { mcpPath } from './mcp';

/**
 * Throttle of the API's stage in requests a second, for all callers together, unless the setting `requestsPerSecond`
 * names another rate. It bounds what strangers can spend, who have no rate of their own. It is a tenth of the account's
 * default quota, which all APIs in a Region share:
 * docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export const stageThrottle = { rateLimit: 1_000, burstLimit: 2_000 } as const;

/**
 * The distribution adds this header to every request that it passes on to the API. A viewer cannot set it, because
 * CloudFront replaces what the viewer sent.
 */
export const originSecretHeader = 'X-Origin-Secret';

/** Each stage is a separate stack, so an account may hold any number of them. */
export const defaultStage = 'dev';

export function stackNameOf(stage: string): string {
  return `CoffieldWorkflows-${stage}`;
}

/** Outputs of the stack. The operator's commands find its resources by them. */
export const stackOutputs = [
  'TableName',
  'DeliveryQueueUrl',
  'DeliveryDeadLetterQueueUrl',
  'ExpressStateMachineArn',
  'StandardStateMachineArn',
  'DashboardUrl',
  'DistributionHostName',
  /** Address of the operators' dashboard in CloudWatch. */
  'OperationsUrl',
  /** Link to the log lines of one run, with the placeholder `{uid}` for the run's uid. */
  'RunLogsUrl',
  'SignInIssuer',
  'SignInClientId',
] as const;

export type StackOutput = (typeof stackOutputs)[number];

/**
 * Where the function in front of the MCP server answers too: some clients end its address with a slash, and some look for the
 * event stream of the protocol's first revision.
 */
export const mcpPaths = [`${mcpPath}*`, '/sse*'] as const;

/**
 * CloudFront path patterns of the requests that go to the API. All other paths belong to the dashboard. The patterns have no
 * slash at their ends, so that a path such as `/mcp%0A` is refused by the API instead of opening the dashboard.
 */
export const apiPaths = ['/api*', ...mcpPaths, '/oauth/*', '/.well-known/*'] as const;
