import { runInNewContext } from 'node:vm';
import * as z from 'zod/mini';

export type RewriteUri = (uri: string) => string;

const requestSchema = z.object({ uri: z.string() });
const handlerSchema = z.custom<(event: unknown) => unknown>((value) => typeof value === 'function');

/** Runs the code of the CloudFront Function that is in the template. */
export function viewerFunction(code: string): RewriteUri {
  const handler = handlerSchema.parse(runInNewContext(`${code}\nhandler;`));
  return (uri) => requestSchema.parse(handler({ version: '1.0', request: { method: 'GET', uri } })).uri;
}
