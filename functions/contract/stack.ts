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
 * CloudFront path patterns of the requests that go to the API. All other paths belong to the dashboard. Some clients end the
 * address of an MCP server with a slash, which the function in front of it takes away.
 */
export const apiPaths = ['/api/*', mcpPath, `${mcpPath}/`, '/oauth/*', '/.well-known/*'] as const;
