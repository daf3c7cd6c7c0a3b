import { isPlainObject } from '../domain/json';
import { RpcError, rpcCodes } from './rpc-error';

type JsonObject = { readonly [key: string]: unknown };

/** A place of a message and what must be there. */
interface Rule {
  readonly path: readonly string[];
  readonly must: string;
  readonly holds: (value: unknown) => boolean;
}

const isString = (value: unknown) => typeof value === 'string';
const isId = (value: unknown) => isString(value) || Number.isInteger(value);
const orAbsent = (holds: Rule['holds']) => (value: unknown) => value === undefined || holds(value);

const messageRules: readonly Rule[] = [
  { path: ['jsonrpc'], must: 'be "2.0"', holds: (value) => value === '2.0' },
  { path: ['method'], must: 'be a string', holds: isString },
  { path: ['id'], must: 'be a string or a whole number', holds: orAbsent(isId) },
];

/** What the protocol prescribes for every message. What is not named here is left to the SDK. */
const paramsRules: readonly Rule[] = [
  { path: ['params'], must: 'be an object', holds: orAbsent(isPlainObject) },
  { path: ['params', '_meta'], must: 'be an object', holds: orAbsent(isPlainObject) },
  { path: ['params', '_meta', 'progressToken'], must: 'be a string or a whole number', holds: orAbsent(isId) },
  { path: ['params', 'cursor'], must: 'be a string', holds: orAbsent(isString) },
];

const namedRevision = ['params', '_meta', 'io.modelcontextprotocol/protocolVersion'];

const rulesOfMethods = new Map<unknown, readonly Rule[]>([
  [
    'initialize',
    [
      { path: ['params', 'protocolVersion'], must: 'be a string', holds: isString },
      { path: ['params', 'capabilities'], must: 'be an object', holds: isPlainObject },
      { path: ['params', 'clientInfo', 'name'], must: 'be a string', holds: isString },
      { path: ['params', 'clientInfo', 'version'], must: 'be a string', holds: isString },
    ],
  ],
  [
    'tools/call',
    [
      { path: ['params', 'name'], must: 'be a string, the name of a tool', holds: isString },
      { path: ['params', 'arguments'], must: 'be an object', holds: orAbsent(isPlainObject) },
    ],
  ],
]);

/**
 * Checks the shape of a message before the SDK sees it, because the SDK answers a wrong shape with the report of its schema
 * library. `null` for an optional part of the parameters is taken as absent: some clients write it so.
 *
 * @returns the message for the SDK
 * @throws RpcError -32600 or -32602 with one sentence that names the place
 */
export function readMessage(body: unknown): unknown {
  if (Array.isArray(body))
    throw refused(rpcCodes.invalidRequest, 'Send one message a request; batches are not served.');
  if (!isPlainObject(body)) throw refused(rpcCodes.invalidRequest, 'Send one JSON-RPC message, which is an object.');
  // A client that answers a request of the server's; there are none, and the SDK drops it.
  if (body['method'] === undefined && ('result' in body || 'error' in body)) return body;
  check(body, messageRules, rpcCodes.invalidRequest);
  const unknown = Object.keys(body).find((name) => !['jsonrpc', 'id', 'method', 'params'].includes(name));
  if (unknown !== undefined)
    throw refused(rpcCodes.invalidRequest, 'A message has "jsonrpc", "id", "method" and "params" only.', body['id']);
  const message = withoutNulls(body);
  check(message, paramsRules, rpcCodes.invalidParams);
  // Where a message names its revision, there is no `initialize`, and the SDK says so.
  if (body['method'] !== 'initialize' || valueAt(message, namedRevision) === undefined)
    check(message, rulesOfMethods.get(body['method']) ?? [], rpcCodes.invalidParams);
  return message;
}

function withoutNulls({ params, ...message }: JsonObject): JsonObject {
  if (params === undefined || params === null) return message;
  if (!isPlainObject(params)) return { ...message, params };
  const sent = Object.entries(params).filter(
    ([name, value]) => value !== null || !['_meta', 'arguments', 'cursor'].includes(name),
  );
  return { ...message, params: Object.fromEntries(sent) };
}

function check(message: JsonObject, rules: readonly Rule[], code: RefusedCode): void {
  for (const { path, must, holds } of rules) {
    if (!holds(valueAt(message, path))) throw refused(code, `"${path.join('.')}" must ${must}.`, message['id']);
  }
}

function valueAt(message: unknown, path: readonly string[]): unknown {
  let value = message;
  for (const name of path) value = isPlainObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return value;
}

type RefusedCode = typeof rpcCodes.invalidRequest | typeof rpcCodes.invalidParams;

function refused(code: RefusedCode, detail: string, id?: unknown): RpcError {
  const what = code === rpcCodes.invalidParams ? 'Invalid params' : 'Invalid request';
  return new RpcError(400, code, `${what}: ${detail}`, idOf(id));
}

/** The id of a message, if it is one that an answer may repeat. */
export function idOf(id: unknown): string | number | undefined {
  return typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id)) ? id : undefined;
}
