import { MessagePort } from 'node:worker_threads';
import * as z from 'zod/mini';
import { serveThread } from '../thread/serve-thread';
import { parseOnce } from './parse-once';
import { readAtOnce } from './read-at-once';
import { dropOpenIndex } from './rebuild-open-index';
import { serveWire } from '../wire/serve-wire';
import { startTableEngine, type TableEngine } from './start-table-engine';

const questionSchema = z.union([
  z.object({ start: z.object({ folder: z.string(), dropsOpenIndex: z.boolean() }) }),
  z.object({ wire: z.instanceof(MessagePort) }),
  z.object({ stop: z.literal(true) }),
]);

let engine: TableEngine | undefined;

readAtOnce();
parseOnce();

/** The thread of the table's engine. Its first question starts the engine, and its last one closes the files. */
serveThread(async (asked) => {
  const question = questionSchema.parse(asked);
  if ('wire' in question) {
    if (engine) serveWire(question.wire, engine.listen);
    return undefined;
  }
  if ('stop' in question) return engine?.stop();
  const { folder, dropsOpenIndex } = question.start;
  engine = await startTableEngine(folder, (files) => (dropsOpenIndex ? dropOpenIndex(files) : undefined));
  return engine.endpoint;
});
