import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback, loopback } from '../listen';
import { BodyTooLarge, readBody } from '../read-body';
import { isRecord } from '../template/is-record';
import { answerPlans, type PlannedAnswer } from './answer-plan';
import { inboxPage } from './inbox-page';
import { messageLimit, type InboxMessage } from './message';
import { rememberSenders, type FindDelivery, type FindSender } from './senders';

export interface Inbox {
  readonly origin: string;
  readonly messages: () => readonly InboxMessage[];
  readonly stop: () => Promise<void>;
}

/** Far above the size of any delivery that the product sends. */
const bodyLimitBytes = 1024 * 1024;

/** A receiver for webhooks: `POST /hooks/<any name>` accepts deliveries, and `/` and `/messages` show them. */
export async function startInbox(port: number, findDelivery: FindDelivery, busyAdvice: string): Promise<Inbox> {
  const messages: InboxMessage[] = [];
  const answerOf = answerPlans();
  const findSender = rememberSenders(findDelivery);

  async function receive(request: IncomingMessage, url: URL): Promise<PlannedAnswer> {
    const body = (await readBody(request, bodyLimitBytes)).toString('utf8');
    const message = await describeMessage(request, body, findSender);
    const responded = answerOf(url.searchParams.get('respond'), message.webhook_id ?? '');
    messages.unshift({ ...message, responded });
    messages.length = Math.min(messages.length, messageLimit);
    return responded;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${loopback}`);
    if (request.method === 'POST' && url.pathname.startsWith('/hooks/')) {
      const answered = await receive(request, url);
      // For `timeout` the connection stays open, so that the sender runs into its own timeout.
      if (answered !== 'timeout') response.writeHead(answered, { 'content-type': 'text/plain' }).end('received\n');
    } else if (request.method === 'GET' && url.pathname === '/messages') {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(messages));
    } else if (request.method === 'GET' && url.pathname === '/') {
      const page = inboxPage(messages, `http://${request.headers.host ?? loopback}`);
      response.writeHead(page.status, { ...page.headers }).end(page.body);
    } else {
      response
        .writeHead(404, { 'content-type': 'text/plain' })
        .end('Send webhooks to POST /hooks/<any name>. Received webhooks are listed at / and /messages.\n');
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response
        .writeHead(error instanceof BodyTooLarge ? 413 : 500, { 'content-type': 'text/plain' })
        .end(`${String(error)}\n`);
    });
  });
  const listenedPort = await listenOnLoopback(server, port, busyAdvice);
  return { origin: `http://${loopback}:${listenedPort}`, messages: () => messages, stop: () => closeServer(server) };
}

async function describeMessage(
  request: IncomingMessage,
  body: string,
  findSender: FindSender,
): Promise<Omit<InboxMessage, 'responded'>> {
  const received_at = new Date().toISOString();
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const { tenantId, endpointId, event, verified } = await findSender(headers, body);
  return {
    received_at,
    tenant: tenantId,
    endpoint_id: endpointId,
    webhook_id: headers['webhook-id'] ?? null,
    type: event ?? headers['workflow-event'] ?? typeInBody(body),
    verified,
    headers,
    body,
  };
}

function typeInBody(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) && typeof parsed['type'] === 'string' ? parsed['type'] : null;
  } catch {
    return null;
  }
}
