import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { callsAtOnce, callsOfOneAtOnce, limitFairly, type TakeTurnOf } from '../limit-concurrency';
import type { Distribution } from '../distribution/read-distribution';
import { withOriginHeaders } from '../distribution/origin-headers';
import { closeServer, listenOnLoopback } from '../listen';
import { BodyTooLarge, readBody } from '../read-body';
import type { FindRoute } from './routes';
import { gatewayError, toAnswer, type HttpAnswer } from './to-answer';
import { splitTarget, toEvent } from './to-event';

/** docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const bodyLimitBytes = 10 * 1024 * 1024;
const headerLimitBytes = 10_240;
const integrationTimeoutMs = 30_000;

export interface Api {
  readonly origin: string;
  /** Starts answering. Earlier requests wait, so that one sent during the start is answered instead of refused. */
  readonly serve: (served: Served) => void;
  readonly stop: () => Promise<void>;
}

export interface Served {
  readonly accountId: string;
  readonly apiId: string;
  readonly findRoute: FindRoute;
  /** The headers that CloudFront adds to each request for the API, with names in lower case. */
  readonly originHeaders: ReadonlyMap<string, string>;
  /** What the distribution does with requests to the API. */
  readonly apiAt: Distribution['apiAt'];
  /** Finds a page that CloudFront would serve instead of the API. If undefined, the request goes to the API. */
  readonly findPage: (method: string, path: string, headers: IncomingHttpHeaders) => HttpAnswer | undefined;
}

/** Emulates the HTTP API: receives requests, calls the function of the matching route and sends its response. */
export async function startApi(port: number): Promise<Api> {
  let serve: (served: Served) => void = () => undefined;
  const ready = new Promise<Served>((resolve) => (serve = resolve));
  const takeTurn = limitFairly(callsAtOnce, callsOfOneAtOnce);
  let listenedPort = port;
  const server = createServer({ maxHeaderSize: headerLimitBytes }, (request, response) => {
    void ready
      .then((served) => answerRequest(request, served, listenedPort, takeTurn))
      .then((answer) => send(answer, request, response))
      // The client closed the connection during the request or the response.
      .catch(() => response.destroy());
  });
  listenedPort = await listenOnLoopback(
    server,
    port,
    `Stop that program, or choose another port: PORT=${port + 10} npm start`,
  );
  return { origin: `http://127.0.0.1:${listenedPort}`, serve, stop: () => closeServer(server) };
}

async function answerRequest(
  request: IncomingMessage,
  served: Served,
  port: number,
  takeTurn: TakeTurnOf,
): Promise<HttpAnswer> {
  const method = request.method ?? 'GET';
  const { path, query } = splitTarget(request);
  const page = served.findPage(method, path, request.headers);
  if (page) return page;
  const behavior = served.apiAt(path);
  const passed = behavior?.atViewer({ method, uri: path, headers: textHeaders(request) });
  if (passed !== undefined && 'answer' in passed) return passed.answer;
  const uri = passed?.uri ?? path;
  const route = served.findRoute(method, uri);
  if (!route) return gatewayError(404, 'Not Found');
  try {
    const body = await readBody(request, bodyLimitBytes);
    const { accountId, apiId } = served;
    const passedOn = {
      method,
      url: uri === path ? request.url : withQuery(uri, query),
      httpVersion: request.httpVersion,
      rawHeaders: withOriginHeaders(request.rawHeaders, served.originHeaders),
    };
    const event = toEvent(passedOn, body, route, { accountId, apiId, port, now: new Date() });
    // The time limit begins when the call begins. Waiting for a free slot happens only on this machine, not in AWS.
    const caller = request.headers.authorization ?? '';
    const kind = mayWait(event) ? 'waiting' : 'working';
    const answer = await takeTurn({ caller, kind }, () => withinLimit(route.invoke(event).then(toAnswer)));
    return {
      ...answer,
      headers: { ...behavior?.headers, ...answer.headers, 'apigw-requestid': event.requestContext.requestId },
    };
  } catch (error) {
    if (error instanceof BodyTooLarge) return gatewayError(413, 'Request Entity Too Large');
    throw error;
  }
}

function withQuery(path: string, query: string): string {
  return query === '' ? path : `${path}?${query}`;
}

function textHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** Whether the call may wait for a run, as every call of a tool may. */
function mayWait({ rawPath, queryStringParameters: query }: ReturnType<typeof toEvent>): boolean {
  return rawPath === '/mcp' || query?.['wait_seconds'] !== undefined;
}

async function withinLimit(answer: Promise<HttpAnswer>): Promise<HttpAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<HttpAnswer>((resolve) => {
    timer = setTimeout(() => resolve(gatewayError(503, 'Service Unavailable')), integrationTimeoutMs);
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

function send({ status, headers, body }: HttpAnswer, request: IncomingMessage, response: ServerResponse): void {
  const hasBody = status !== 204 && status !== 304;
  response.writeHead(status, { ...headers, ...(hasBody && { 'content-length': body.byteLength }) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
