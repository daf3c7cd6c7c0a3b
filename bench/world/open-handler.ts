import { Writable } from 'node:stream';
import { loadHandler } from '../../local/lambda/load-handler';
import type { Subject } from './start-world';

/** Discards log lines, because the time to write them would be measured too. */
const discardedLog = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** What a function asks of its call: that it has a minute. */
const context = { getRemainingTimeInMillis: () => 60_000 };

/** Loads a bundle into this process. It is warm after the first call. */
export function openHandler({ file, environment }: Subject): (event: unknown) => Promise<unknown> {
  const handler = loadHandler(file, 'handler', { environment, log: discardedLog() });
  return (event) => Promise.resolve(handler(event, context));
}
