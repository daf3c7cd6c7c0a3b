/**
 * Names of the errors with which AWS refuses a request because of its rate. The request had no effect, and succeeds
 * once the rate is lower. DynamoDB: docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html,
 * SQS: docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
 */
export const throttlingErrors = [
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'KMS.ThrottlingException',
  'KmsThrottled',
  'TooManyRequestsException',
] as const;

/** Reasons in a cancelled transaction that are throttles. A transaction is cancelled for many other reasons too. */
const throttledTransactions = ['ThrottlingError', 'ProvisionedThroughputExceeded'];

/** How Step Functions names a refusal by Lambda to begin a call, because the account or the function is at its limit. */
export const invocationThrottled = 'Lambda.TooManyRequestsException';

/**
 * A call stopped because AWS throttled it for as long as it could wait. The state machine matches the name and repeats
 * the call later, as often as its own time allows.
 */
export class Throttled extends Error {
  static readonly errorName = 'Throttled';
  override readonly name = Throttled.errorName;
}

/** Whether AWS refused a request because of its rate, also after the SDK's own attempts. */
export function isThrottle(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof Throttled || throttlingErrors.some((name) => name === error.name)) return true;
  return isThrottledByStatus(error) || reasonsOf(error).some((code) => throttledTransactions.includes(code));
}

/** True for status 429, and for what the SDK itself takes for a throttle. */
function isThrottledByStatus(error: Error): boolean {
  const status = fieldOf(fieldOf(error, '$metadata'), 'httpStatusCode');
  return status === 429 || fieldOf(fieldOf(error, '$retryable'), 'throttling') === true;
}

function reasonsOf(error: Error): string[] {
  const reasons = fieldOf(error, 'CancellationReasons');
  return Array.isArray(reasons) ? reasons.map((reason: unknown) => String(fieldOf(reason, 'Code'))) : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
