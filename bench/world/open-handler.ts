import { Writable } from 'node:stream';
import { loadHandler } from '../../local/lambda/load-handler';
import type { Subject } from './start-world';

/** Where log lines end: to write them anywhere would be measured too. */
const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** A bundle in this process, warm after its first call. */
export function openHandler({ file, environment }: Subject): (event: unknown) => Promise<unknown> {
  const handler = loadHandler(file, 'handler', { environment, log: nowhere() });
  return (event) => Promise.resolve(handler(event, {}));
}
