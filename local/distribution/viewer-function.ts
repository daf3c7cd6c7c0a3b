import { runInNewContext } from 'node:vm';
import * as z from 'zod/mini';
import type { HttpAnswer } from '../api/to-answer';

export interface ViewerRequest {
  readonly method: string;
  readonly uri: string;
  /** With names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a function makes of a request: the URI to go on with, or an answer of its own. */
export type ViewerFunction = (request: ViewerRequest) => { readonly uri: string } | { readonly answer: HttpAnswer };

const valueSchema = z.object({ value: z.string() });
const requestSchema = z.object({ uri: z.string() });
const answerSchema = z.object({
  statusCode: z.int(),
  headers: z.record(z.string(), valueSchema),
  body: z.object({ encoding: z.literal('text'), data: z.string() }),
});
const handlerSchema = z.custom<(event: unknown) => unknown>((value) => typeof value === 'function');

/**
 * Runs the code of a CloudFront Function that is in the template.
 * docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export function viewerFunction(code: string): ViewerFunction {
  const handler = handlerSchema.parse(runInNewContext(`${code}\nhandler;`));
  return ({ method, uri, headers }) => {
    const request = { method, uri, headers: valuesOf(headers) };
    const result = handler({ version: '1.0', context: { requestId: crypto.randomUUID() }, request });
    const answer = answerSchema.safeParse(result);
    return answer.success ? { answer: toAnswer(answer.data, headers['host'] ?? '') } : requestSchema.parse(result);
  };
}

function valuesOf(headers: Readonly<Record<string, string>>): Record<string, { value: string }> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
}

/** The deployed address is https; this machine's is not. */
function toAnswer({ statusCode, headers, body }: z.infer<typeof answerSchema>, host: string): HttpAnswer {
  return {
    status: statusCode,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, { value }]) => [name, value.replaceAll(`https://${host}`, `http://${host}`)]),
    ),
    body: Buffer.from(body.data),
  };
}
