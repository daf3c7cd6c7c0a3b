import { Agent, createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenAt, type Listening } from '../listen-at';

/** One call of an AWS API, as it went over the wire. */
export interface Call {
  /** Access key of the caller, which belongs to one function. */
  readonly accessKey: string;
  /** Such as `DynamoDB_20120810.PutItem`; empty for APIs that have none, such as S3. */
  readonly target: string;
  readonly body: string;
  readonly status: number;
  /** The code of a refusal. */
  readonly error: string | undefined;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Passes the calls of all functions on to the AWS APIs, and reports each with its answer. */
export async function recordCalls(gatewayPort: number, port: number, report: (call: Call) => void): Promise<Listening> {
  const server = createServer((request, response) => {
    pass(request, response, gatewayPort, report).catch((error: unknown) => response.destroy(asError(error)));
  });
  const { stop } = await listenAt(server, port, '127.0.0.1');
  return { stop: () => stop().finally(() => agent.destroy()) };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  report: (call: Call) => void,
): Promise<void> {
  const body = await buffer(request);
  const { method, url: path, headers } = request;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    forward({ host: '127.0.0.1', port, method, path, headers, agent }, resolve).once('error', reject).end(body);
  });
  const answered = await buffer(answer);
  const status = answer.statusCode ?? 502;
  const [, accessKey = ''] = /Credential=(\w+)\//.exec(headers.authorization ?? '') ?? [];
  report({
    accessKey,
    target: String(headers['x-amz-target'] ?? ''),
    body: body.toString('utf8'),
    status,
    error:
      status < 400 ? undefined : (/"__type": ?"(?:[^"]*#)?(\w+)/.exec(answered.toString('utf8'))?.[1] ?? 'unknown'),
  });
  response.writeHead(status, answer.rawHeaders).end(answered);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
