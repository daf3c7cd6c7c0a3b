import * as z from 'zod/mini';
import { idOf } from './message-shape';
import { rpcCodes } from './rpc-error';

const errorSchema = z.object({
  id: z.optional(z.unknown()),
  error: z.object({ code: z.number(), message: z.string(), data: z.optional(z.unknown()) }),
});
const issuesSchema = z.array(z.object({ path: z.array(z.union([z.string(), z.number()])) })).check(z.minLength(1));

/**
 * Puts a sentence in place of the report of a schema library, which the SDK gives as the message of an error if a message
 * has the wrong shape at a place that `readMessage` does not know.
 *
 * @param body an answer of the SDK, as JSON, or an empty text
 */
export function plainError(body: string): string {
  // The SDK writes the result first; only errors are parsed.
  if (body === '' || body.startsWith('{"result"')) return body;
  const answer = errorSchema.safeParse(JSON.parse(body));
  if (!answer.success) return body;
  const { id, error } = answer.data;
  const place = placeIn(error.message);
  const plain =
    place === undefined
      ? error
      : { code: rpcCodes.invalidParams, message: `Invalid params: "${place}" is not what the protocol prescribes.` };
  return JSON.stringify({ jsonrpc: '2.0', id: idOf(id) ?? null, error: plain });
}

/** The first place that a report names; undefined for a message that is no report. */
function placeIn(message: string): string | undefined {
  if (!message.startsWith('[')) return undefined;
  try {
    return issuesSchema.parse(JSON.parse(message))[0]?.path.join('.').slice(0, maxPlaceCharacters);
  } catch {
    return undefined;
  }
}

const maxPlaceCharacters = 200;
