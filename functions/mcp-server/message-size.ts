import { isPlainObject } from '../domain/json';
import { idOf } from './message-shape';
import { RpcError, rpcCodes } from './rpc-error';

/** The protocol and the tools know about a dozen names in each of these objects; `_meta` may hold a client's own. */
export const maxNames = 100;

/** Of the texts that identify a message; the SDK repeats them in its answer. Clients count ids, or send a UUID. */
export const maxTextCharacters = 255;

/**
 * Refuses a message with too many names, or with a long id, method, name, address or revision, before the SDK sees it. The SDK parses a
 * message several times and repeats what it refuses, so 20,000 names would cost it a hundred times what parsing the JSON
 * does. What a tool is given as `input` is not counted here: it has a limit of its own.
 */
export function checkSize(message: unknown): void {
  if (!isPlainObject(message)) return;
  const params = isPlainObject(message['params']) ? message['params'] : {};
  for (const [name, value] of Object.entries({
    'The message': message,
    '"params"': params,
    '"params._meta"': params['_meta'],
    '"params.arguments"': params['arguments'],
  })) {
    if (isPlainObject(value) && Object.keys(value).length > maxNames)
      throw tooLarge(message, `${name} has more than ${maxNames} names; send fewer.`);
  }
  const meta = isPlainObject(params['_meta']) ? params['_meta'] : {};
  const texts = {
    id: message['id'],
    method: message['method'],
    name: params['name'],
    uri: params['uri'],
    protocolVersion: params['protocolVersion'],
    'io.modelcontextprotocol/protocolVersion': meta['io.modelcontextprotocol/protocolVersion'],
  };
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value === 'string' && value.length > maxTextCharacters)
      throw tooLarge(message, `"${name}" is longer than ${maxTextCharacters} characters; send a shorter one.`);
  }
}

function tooLarge({ id }: { readonly [key: string]: unknown }, detail: string): RpcError {
  const isLong = typeof id === 'string' && id.length > maxTextCharacters;
  return new RpcError(400, rpcCodes.invalidRequest, `Invalid request: ${detail}`, isLong ? undefined : idOf(id));
}
