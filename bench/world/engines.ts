import dynalite from 'dynalite';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { listenOnLoopback, loopback } from '../../local/listen';
import { engineMessageSchema, type EngineAddresses } from './engine-messages';

/**
 * A process of its own, so that what is measured has one of the cores to itself: the embedded table in memory, an answer
 * to every call of Step Functions and SQS, and a receiver of webhooks.
 */
async function main(): Promise<void> {
  let requests: string[] = [];
  const table = dynalite({ createTableMs: 0 });
  const others = createServer(
    answer('{"executionArn":"arn:aws:states:us-east-1:000000000000:execution","startDate":1}'),
  );
  for (const server of [table, others])
    server.on('request', ({ headers }: IncomingMessage) => requests.push(String(headers['x-amz-target'])));
  const receiver = createServer(answer('ok'));
  const addresses: EngineAddresses = {
    table: await listenOnLoopback(table, 0),
    others: await listenOnLoopback(others, 0),
    receiver: await listenOnLoopback(receiver, 0),
  };

  process.on('message', (sent) => {
    const message = engineMessageSchema.parse(sent);
    if (message.ask === 'requests') {
      process.send?.({ requests });
      requests = [];
      return;
    }
    const secure = createTlsServer(message.certificate, answer('ok'));
    // Called by a public name, which `listenOnLoopback` would refuse.
    secure.listen(0, loopback, () => {
      const address = secure.address();
      if (typeof address === 'object') process.send?.({ port: address?.port });
    });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.(addresses);
}

function answer(body: string): RequestListener {
  return (request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/x-amz-json-1.0').end(body));
  };
}

void main();
