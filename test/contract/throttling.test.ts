import { isThrottle, Throttled, throttlingErrors } from '../../functions/contract/throttling';

const named = (name: string, more: object = {}) => Object.assign(new Error('refused'), { name, ...more });

describe('AWS throttled a request', () => {
  it.each([...throttlingErrors, 'Throttled'])('if the error is %s', (name) => {
    expect(isThrottle(name === 'Throttled' ? new Throttled('later') : named(name))).toBe(true);
  });

  it('if it answered 429, or the SDK takes the error for a throttle', () => {
    expect(isThrottle(named('ServiceException', { $metadata: { httpStatusCode: 429 } }))).toBe(true);
    expect(isThrottle(named('InternalError', { $retryable: { throttling: true } }))).toBe(true);
  });

  it('if a transaction was cancelled for a throttle, and not for a condition', () => {
    const cancelled = (...codes: string[]) =>
      named('TransactionCanceledException', { CancellationReasons: codes.map((Code) => ({ Code })) });

    expect(isThrottle(cancelled('None', 'ThrottlingError'))).toBe(true);
    expect(isThrottle(cancelled('ConditionalCheckFailed', 'None'))).toBe(false);
  });

  it.each([
    named('ConditionalCheckFailedException', { $metadata: { httpStatusCode: 400 } }),
    named('TimeoutError'),
    named('InternalServerError', { $metadata: { httpStatusCode: 500 } }),
    'ThrottlingException',
    undefined,
  ])('but not if it failed otherwise: %s', (error) => {
    expect(isThrottle(error)).toBe(false);
  });
});
