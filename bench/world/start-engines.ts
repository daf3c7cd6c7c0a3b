import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import { loopback } from '../../local/listen';
import { engineAddressesSchema, portSchema, requestsSchema, type EngineMessage } from './engine-messages';
import { nextMessage } from './next-message';

export async function startEngines() {
  const child = fork(join(__dirname, 'engines.ts'), { execArgv: ['--require', require.resolve('tsx/cjs')] });
  async function nextAnswer<Schema extends z.ZodMiniType>(schema: Schema): Promise<z.infer<Schema>> {
    return schema.parse(await nextMessage(child));
  }
  function ask<Schema extends z.ZodMiniType>(message: EngineMessage, schema: Schema): Promise<z.infer<Schema>> {
    const answer = nextAnswer(schema);
    child.send(message);
    return answer;
  }
  const at = (port: number) => `http://${loopback}:${port}`;

  const ports = await nextAnswer(engineAddressesSchema);
  return {
    table: at(ports.table),
    /** Endpoint of Step Functions and SQS. */
    others: at(ports.others),
    receiver: at(ports.receiver),
    /** Returns the AWS requests since the last call, sorted by name. */
    async takeRequests(): Promise<string[]> {
      return (await ask({ ask: 'requests' }, requestsSchema)).requests.sort();
    },
    /** Starts a receiver with this certificate. @returns its port */
    async startHttps(certificate: { readonly key: string; readonly cert: string }): Promise<number> {
      return (await ask({ ask: 'https', certificate }, portSchema)).port;
    },
    async stop(): Promise<void> {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
