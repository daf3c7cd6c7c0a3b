import type { Row } from '../../../functions/aws/database';

/** DynamoDB's refusal of a request that is wrong in itself. */
export function invalid(message: string): Error {
  return sdkError('ValidationException', message);
}

/** DynamoDB's refusal of a write whose condition does not hold. @param Item the row, if the request asks for it */
export function conditionFailed(Item: Row | undefined): Error {
  return Object.assign(sdkError('ConditionalCheckFailedException', 'The conditional request failed'), { Item });
}

/**
 * What the table in memory does not know is no refusal of DynamoDB's, or the product would handle it and nobody would
 * see that something new was not simulated.
 */
export function unknown(what: string): Error {
  return new Error(`The table in memory does not know ${what}`);
}

function sdkError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, $fault: 'client', $metadata: { httpStatusCode: 400, attempts: 1 } });
}
