/**
 * Of the API's stage, requests a second, for all callers together: there is no limiter per token, so this bounds what a
 * leaked one can spend. A tenth of the account's default, which all APIs of a Region share:
 * docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export const stageThrottle = { rateLimit: 1_000, burstLimit: 2_000 } as const;

/** A stage is a stack of its own, so an account holds as many as wanted. */
export const defaultStage = 'dev';

export function stackNameOf(stage: string): string {
  return `CoffieldWorkflows-${stage}`;
}

/** Outputs of the stack, by which the operator's commands find its resources. */
export const stackOutputs = [
  'ApiUrl',
  'TableName',
  'DeliveryQueueUrl',
  'DeliveryDeadLetterQueueUrl',
  'ExpressStateMachineArn',
  'StandardStateMachineArn',
  'DashboardUrl',
  'DistributionHostName',
  /** The operators' dashboard in CloudWatch. */
  'OperationsUrl',
  /** Log lines of one run, with `{uid}` for the run's. */
  'RunLogsUrl',
  'SignInIssuer',
  'SignInClientId',
] as const;

export type StackOutput = (typeof stackOutputs)[number];

/** Paths of the one address that are the API's, in CloudFront's patterns; all others are the dashboard's. */
export const apiPaths = ['/api/*', '/mcp', '/.well-known/*'] as const;
