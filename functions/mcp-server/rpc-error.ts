import type { ErrorCode, ProductError } from '../domain/errors';
import { problemReply } from '../edge/http/problem';
import type { HttpReply } from '../edge/http/request';

/** https://www.jsonrpc.org/specification#error_object */
export const rpcCodes = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  refused: -32000,
} as const;
type RpcCode = (typeof rpcCodes)[keyof typeof rpcCodes];

/** A refusal that exists at this door only, such as that of a foreign web page. The end of the chain answers it. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly status: number,
    readonly rpcCode: RpcCode,
    message: string,
    /** The id of the JSON-RPC request, if it is known. */
    readonly id?: string | number,
  ) {
    super(message);
  }
}

const codesOfProductErrors: Readonly<Partial<Record<ErrorCode, RpcCode>>> = {
  malformed_json: rpcCodes.parseError,
  invalid_number: rpcCodes.invalidRequest,
  internal: rpcCodes.internalError,
  unavailable: rpcCodes.internalError,
};

/** Of an answer to a message whose id could not be read: https://www.jsonrpc.org/specification#response_object */
const unknownId = null;

/** Status and headers of a refusal. They equal those of the REST API where both can refuse; the body is JSON-RPC. */
export function rpcErrorReply(error: RpcError | ProductError, requestId: string, now: Date, origin: string): HttpReply {
  if (error instanceof RpcError) {
    return {
      status: error.status,
      body: {
        jsonrpc: '2.0',
        id: error.id ?? unknownId,
        error: { code: error.rpcCode, message: error.message, data: { request_id: requestId } },
      },
    };
  }
  const { status, headers } = problemReply(error, requestId, now, origin);
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: {
      jsonrpc: '2.0',
      id: unknownId,
      error: {
        code: codesOfProductErrors[error.code] ?? rpcCodes.refused,
        message: error.message,
        data: {
          code: error.code,
          request_id: requestId,
          ...(error.faults.length > 0 && { errors: error.faults }),
        },
      },
    },
  };
}
