import { createServer, request as forward, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback, loopback } from '../../../local/listen';

/** A call of an AWS API. */
export interface AwsCall {
  /** Such as `dynamodb`, from the signature. */
  readonly service: string;
  /** Such as `DynamoDB_20120810.PutItem`; `CloudFormation.DescribeStacks` for the API that has no such header. */
  readonly target: string;
  readonly body: string;
}

export interface AwsAnswer {
  readonly status?: number;
  readonly body: string | Buffer;
}

/** Answers a call, or names the origin of the engine that does. */
export type AnswerCall = (call: AwsCall) => AwsAnswer | string;

/**
 * Serves all AWS APIs at one address, as `AWS_ENDPOINT_URL` expects, and lets the SDK of this process call them until it
 * is stopped.
 */
export async function startAws(answer: AnswerCall) {
  const server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const answered = answer(callOf(request.headers, body.toString()));
      const { status = 200, body: text } =
        typeof answered === 'string' ? await passOn(answered, request, body) : answered;
      response.writeHead(status, { 'content-type': contentTypeOf(request.headers) }).end(text);
    });
  });
  const port = await listenOnLoopback(server, 0);
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://${loopback}:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  return {
    stop: async () => {
      process.env = before;
      await closeServer(server);
    },
  };
}

function callOf(headers: IncomingHttpHeaders, body: string): AwsCall {
  const [, service = ''] = /Credential=\w+\/\d+\/[\w-]+\/([\w-]+)\//.exec(headers.authorization ?? '') ?? [];
  const action = new URLSearchParams(body).get('Action') ?? '';
  return { service, body, target: String(headers['x-amz-target'] ?? `CloudFormation.${action}`) };
}

function contentTypeOf(headers: IncomingHttpHeaders): string {
  const asked = String(headers['content-type']);
  return asked.startsWith('application/x-amz-json') ? asked : 'text/xml';
}

async function passOn(origin: string, { method, headers }: IncomingMessage, body: Buffer): Promise<AwsAnswer> {
  const { hostname, port } = new URL(origin);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { host: _front, ...passed } = headers;
    forward({ host: hostname, port, method, path: '/', headers: passed }, resolve).once('error', reject).end(body);
  });
  return { status: answer.statusCode ?? 502, body: await buffer(answer) };
}
