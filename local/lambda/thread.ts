import * as z from 'zod/mini';
import { openFunctionLog } from '../function-log';
import { serveThread } from '../thread/serve-thread';
import type { InvokeFunction } from './invoke';
import { loadableSchema, loadHere } from './loadable';

const questionSchema = z.union([
  z.object({ call: z.string(), event: z.unknown() }),
  z.object({ load: loadableSchema, logFile: z.string(), logSize: z.instanceof(Int32Array) }),
]);

const functions = new Map<string, InvokeFunction>();

/** A thread of functions. Each is loaded by its own question before it is called. */
serveThread((asked) => {
  const question = questionSchema.parse(asked);
  if ('call' in question) return call(question.call, question.event);
  const { load, logFile, logSize } = question;
  functions.set(load.resource.name, loadHere(openFunctionLog(logFile, logSize))(load));
  return Promise.resolve(undefined);
});

function call(name: string, event: unknown): Promise<unknown> {
  const invoke = functions.get(name);
  if (invoke === undefined) throw new Error(`The function ${name} is not loaded in this thread.`);
  return invoke(event);
}
