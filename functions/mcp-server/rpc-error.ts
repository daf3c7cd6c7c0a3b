import type { ErrorCode, ProductError } from '../domain/errors';
import { problemReply } from '../edge/http/problem';
import type { HttpReply } from '../edge/http/request';

/** https://www.jsonrpc.org/specification#error_object */
export const rpcCodes = { parseError: -32700, methodNotFound: -32601, internalError: -32603, refused: -32000 } as const;
type RpcCode = (typeof rpcCodes)[keyof typeof rpcCodes];

/** A refusal that only this door knows, such as of a foreign web page. Answered once, at the end of the chain. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  constructor(
    readonly status: number,
    readonly rpcCode: RpcCode,
    message: string,
    /** The request's own id where it is known. */
    readonly id?: string | number,
  ) {
    super(message);
  }
}

const codesOfProductErrors: Readonly<Partial<Record<ErrorCode, RpcCode>>> = {
  malformed_json: rpcCodes.parseError,
  internal: rpcCodes.internalError,
  unavailable: rpcCodes.internalError,
};

/** Status and headers of an RPC refusal, which are the REST API's where both refuse; the body is JSON-RPC here. */
export function rpcErrorReply(error: RpcError | ProductError, requestId: string, now: Date): HttpReply {
  if (error instanceof RpcError) {
    return {
      status: error.status,
      body: {
        jsonrpc: '2.0',
        // Left out when unknown: MCP's ids are never null.
        ...(error.id !== undefined && { id: error.id }),
        error: { code: error.rpcCode, message: error.message, data: { request_id: requestId } },
      },
    };
  }
  const { status, headers } = problemReply(error, requestId, now);
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: {
      jsonrpc: '2.0',
      error: {
        code: codesOfProductErrors[error.code] ?? rpcCodes.refused,
        message: error.message,
        data: { code: error.code, request_id: requestId },
      },
    },
  };
}
