import * as sdk from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Command } from '../../faults/simulation/sdk-command';
import { asked, type Answered, type Asked } from './ask-listener';
import { protocolJson } from './json';
import { fromWire, operationOf, toWire, type Conversion } from './wire';

/** What the document client does to values, which refuses the same values. */
const conversion: Conversion = {
  marshal: (row) => marshall(row, { removeUndefinedValues: true }),
  unmarshal: (row) => unmarshall(row),
};

/**
 * Lets a document client reach the engine in this process without the SDK's middleware, which resolves, serializes, signs,
 * retries and parses each request and costs more than dynalite. Values are converted by the SDK's own functions, and its
 * classes of errors are thrown. `test/engines` proves the same of this client as of one that uses all of the SDK.
 * @param onSend is told of every request
 */
export function withoutMiddleware(
  client: DynamoDBDocumentClient,
  ask: (request: Asked) => Promise<Answered>,
  onSend: (command: Command) => void,
): DynamoDBDocumentClient {
  const sendWhole: (command: never) => Promise<unknown> = client.send.bind(client);
  const send = async (command: Command): Promise<unknown> => {
    const operation = operationOf(command);
    if (operation === undefined) return sendWhole(command as never);
    onSend(command);
    const { statusCode, headers, body } = await ask(asked(operation, toWire(command, conversion)));
    const answer = protocolJson.parse(body);
    const requestId = headers['x-amzn-requestid'];
    const $metadata = { httpStatusCode: statusCode, requestId, attempts: 1, totalRetryDelay: 0 };
    if (statusCode !== 200) throw sdkError(answer, $metadata);
    return { $metadata, ...fromWire(answer, conversion) };
  };
  return Object.assign(client, { send });
}

/** The error that the SDK makes of a refusal. Those that it has no class for, such as ValidationException, are of the base class. */
function sdkError({ __type = '', message, Message, ...members }: Record<string, string>, $metadata: object): Error {
  const name = __type.split('#').at(-1) ?? __type;
  const known: unknown = Reflect.get(sdk, name);
  const options = { ...members, name, message: message ?? Message ?? 'UnknownError', $fault: 'client', $metadata };
  const Refusal = (typeof known === 'function' ? known : sdk.DynamoDBServiceException) as new (of: object) => Error;
  return new Refusal(options);
}
