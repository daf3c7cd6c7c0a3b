import * as z from 'zod/mini';
import { serveThread } from '../thread/serve-thread';
import { readAtOnce } from './read-at-once';
import { dropOpenIndex } from './rebuild-open-index';
import { startTableEngine, type TableEngine } from './start-table-engine';

const questionSchema = z.union([
  z.object({ start: z.object({ folder: z.string(), dropsOpenIndex: z.boolean() }) }),
  z.object({ stop: z.literal(true) }),
]);

let engine: TableEngine | undefined;

readAtOnce();

/** The thread of the table's engine. Its first question starts the engine, and its last one closes the files. */
serveThread(async (asked) => {
  const question = questionSchema.parse(asked);
  if ('stop' in question) return engine?.stop();
  const { folder, dropsOpenIndex } = question.start;
  engine = await startTableEngine(folder, (files) => (dropsOpenIndex ? dropOpenIndex(files) : undefined));
  return engine.endpoint;
});
