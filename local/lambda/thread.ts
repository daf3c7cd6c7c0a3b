import { MessagePort } from 'node:worker_threads';
import * as z from 'zod/mini';
import { openFunctionLog } from '../function-log';
import { serveThread } from '../thread/serve-thread';
import type { InvokeFunction } from './invoke';
import { askThrough } from '../wire/ask-wire';
import type { Wire } from '../wire/require-wired';
import { loadableSchema, loadHere } from './loadable';

const questionSchema = z.union([
  z.object({ call: z.string(), event: z.unknown() }),
  z.object({ wire: z.instanceof(MessagePort), endpoint: z.string() }),
  z.object({ load: loadableSchema, logFile: z.string(), sharedLog: z.instanceof(Int32Array) }),
]);

let wire: Wire | undefined;
const functions = new Map<string, InvokeFunction>();

/** A thread of functions. Each is loaded by its own question before it is called. */
serveThread((asked) => {
  const question = questionSchema.parse(asked);
  if ('call' in question) return call(question.call, question.event);
  if ('wire' in question) {
    wire = { endpoint: question.endpoint, ask: askThrough(question.wire) };
    return Promise.resolve(undefined);
  }
  const { load, logFile, sharedLog } = question;
  functions.set(load.resource.name, loadHere(openFunctionLog(logFile, sharedLog), wire)(load));
  return Promise.resolve(undefined);
});

function call(name: string, event: unknown): Promise<unknown> {
  const invoke = functions.get(name);
  if (invoke === undefined) throw new Error(`The function ${name} is not loaded in this thread.`);
  return invoke(event);
}
