import * as z from 'zod/mini';
import { isPlainObject } from '../json';

export const maxHeaders = 10;
export const maxNameCharacters = 64;
/** Room for a bearer token in JWT form, which has 500 to 2,000 characters. */
export const maxValueCharacters = 4096;
/** Of all names and values together: each event reads the rows of all endpoints. */
export const maxCharactersInAll = 8192;

/**
 * Headers that this product, HTTP or a proxy on the way sets. Overriding one could forge a signature, split a request, or
 * mislead a receiver about who calls, by which method, or where.
 */
const reservedNames: ReadonlySet<string> = new Set([
  'accept-encoding',
  'alt-svc',
  'cdn-loop',
  'cf-connecting-ip',
  'cf-connecting-ipv6',
  'client-ip',
  'connection',
  // The AWS SDK does not treat an object with an own key `constructor` as a plain object and fails to marshal it.
  'constructor',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expect',
  'fastly-client-ip',
  'forwarded',
  'host',
  'http2-settings',
  'keep-alive',
  'max-forwards',
  'te',
  'traceparent',
  'tracestate',
  'trailer',
  'transfer-encoding',
  'true-client-ip',
  'upgrade',
  'user-agent',
  'via',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-forwarded',
  'x-host',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-forwarded-for',
  'x-original-host',
  'x-original-url',
  'x-originating-ip',
  'x-real-ip',
  'x-remote-addr',
  'x-remote-ip',
  'x-rewrite-url',
]);
const reservedPrefixes = ['webhook-', 'workflow-', 'proxy-', 'sec-', 'x-forwarded-', 'x-amzn-'];

/** Many servers hand `_` and `-` to programs as the same letter, so a name is judged with `-`. */
function judgedName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

function isReserved(name: string): boolean {
  return reservedNames.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix));
}

const namePattern = /^[A-Za-z][A-Za-z0-9_-]*$/;
const nameSchema = z
  .string()
  .check(
    z.maxLength(maxNameCharacters, `Header names have at most ${maxNameCharacters} characters.`),
    z.regex(namePattern, 'Header names are letters, digits, - and _, and start with a letter.'),
  );

/** Visible ASCII with spaces inside, so that no line break can start another header. */
const valuePattern = /^[!-~]([ !-~]*[!-~])?$/;
const valueSchema = z
  .string()
  .check(
    z.maxLength(maxValueCharacters, `Header values have at most ${maxValueCharacters} characters.`),
    z.regex(valuePattern, 'Header values are visible ASCII characters, with spaces only inside.'),
  );

/** The number of headers is judged before any of them: a body of 256 KB has room for 30,000. */
const fewHeaders = z.transform((headers: unknown, context) => {
  if (!isPlainObject(headers) || Object.keys(headers).length <= maxHeaders) return headers;
  const message = `At most ${maxHeaders} custom headers are sent.`;
  context.issues.push({ code: 'custom', input: headers, message, params: { code: 'too_many_headers' } });
  return headers;
});

function headersOf<Value extends z.core.SomeType>(value: Value, type: string | readonly string[]) {
  const headers = z.record(z.string(), value).check(z.superRefine(judgeHeaders));
  // The rules are checked above with messages of their own, so the description of the API has to be told.
  z.globalRegistry.add(headers, {
    maxProperties: maxHeaders,
    propertyNames: { type: 'string', maxLength: maxNameCharacters, pattern: namePattern.source },
    additionalProperties: { type, maxLength: maxValueCharacters, pattern: valuePattern.source },
  });
  return z.pipe(fewHeaders, headers);
}

function judgeHeaders(headers: Readonly<Record<string, unknown>>, context: z.core.$RefinementCtx): void {
  const seen = new Set<string>();
  let characters = 0;
  const fault = (path: string[], code: string, message: string) => {
    context.addIssue({ code: 'custom', path, message, params: { code } });
  };
  for (const [name, value] of Object.entries(headers)) {
    const judged = judgedName(name);
    if (isReserved(judged)) fault([name], 'reserved_header', 'This header is set by the sender; choose another name.');
    if (seen.has(judged))
      fault([name], 'duplicate_header', 'Header names must differ in more than case, and in more than - and _.');
    seen.add(judged);
    for (const checked of [nameSchema.safeParse(name), z.nullable(valueSchema).safeParse(value)]) {
      if (!checked.success) fault([name], 'invalid_header', checked.error.issues[0]?.message ?? 'Not a header.');
    }
    characters += name.length + (typeof value === 'string' ? value.length : 0);
  }
  if (characters <= maxCharactersInAll) return;
  const message = `All names and values together have at most ${maxCharactersInAll} characters.`;
  fault([], 'headers_too_long', message);
}

/** Custom headers of a new endpoint, at most 10. Their names are stored in lower case, see {@link lowerCaseNames}. */
export const customHeadersSchema = headersOf(z.string(), 'string');

/** Custom headers of a changed endpoint, which replace all that it has. The value `null` keeps the stored one. */
export const changedHeadersSchema = headersOf(z.nullable(z.string()), ['string', 'null']);

export function lowerCaseNames<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The headers that the sender itself sets, whose values are no secrets. */
function isOwn(name: string): boolean {
  return (
    name === 'content-type' ||
    name === 'user-agent' ||
    name === 'traceparent' ||
    name.startsWith('webhook-') ||
    name.startsWith('workflow-')
  );
}

/**
 * The headers of a request as they are stored and shown: the value of a custom header is null, because many receivers
 * authenticate a webhook by it.
 */
export function withoutValues(headers: Readonly<Record<string, string | null>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, isOwn(name) ? value : null]));
}
