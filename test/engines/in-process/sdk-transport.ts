import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import type { RequestListener } from 'node:http';
import { type Answered, type Asked, askListener, unverified } from './ask-listener';

/** How the SDK reaches a dynalite in its own process. */
export interface SdkTransport {
  readonly config: Pick<DynamoDBClientConfig, 'requestHandler' | 'signer'>;
  /** Hands over a request of DynamoDB's JSON protocol without the SDK. */
  readonly ask: (request: Asked) => Promise<Answered>;
  /** Resolves when no request is open. */
  readonly whenIdle: () => Promise<void>;
}

/**
 * Gives the SDK a request handler without sockets and without a signature. Everything else of the SDK stays: its retries,
 * what it refuses to serialize, and its errors. Sockets, node's HTTP and the signature were a third of what a request cost,
 * and tests send hundreds of thousands of requests.
 */
export function sdkTransport(listen: RequestListener): SdkTransport {
  const open = new Set<Promise<unknown>>();
  const ask = async (request: Asked) => {
    const answer = askListener(listen, request);
    open.add(answer);
    const answered = await answer;
    open.delete(answer);
    return answered;
  };
  const handle = async (request: Asked) => {
    const { statusCode, headers, body } = await ask(request);
    return { response: { statusCode, headers, body: Buffer.from(body) } };
  };
  const sign = (request: Asked) => Promise.resolve({ ...request, headers: { ...request.headers, ...unverified } });
  return {
    config: {
      requestHandler: { handle, destroy: () => undefined },
      signer: { sign },
    } as unknown as SdkTransport['config'],
    ask,
    whenIdle: async () => {
      while (open.size > 0) await Promise.all(open);
    },
  };
}
