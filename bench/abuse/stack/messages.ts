import * as z from 'zod/mini';
import { connectionSchema } from '../../../local/connection';

/** What the process of the stack sends when it accepts requests. */
export const readySchema = z.object({ connection: connectionSchema, bareProgram: z.string() });

/** Processor time of the stack's process since it began, in ms. The answer to every message that is sent to it. */
export const cpuSchema = z.object({ cpuMs: z.number() });
