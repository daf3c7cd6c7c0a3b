import dynalite from 'dynalite';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { listenOnLoopback, loopback } from '../../local/listen';
import { engineMessageSchema, type EngineAddresses } from './engine-messages';

/**
 * Runs the engines: an embedded table in memory, a server that accepts every request to Step Functions and SQS, and a
 * receiver of webhooks. They run in a separate process, so that the code under measurement has a core to itself.
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
    // Not `listenOnLoopback`, which would refuse requests to the public name of this receiver.
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
