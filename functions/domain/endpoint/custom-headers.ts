import * as z from 'zod/mini';
import { isPlainObject } from '../json';

export const maxHeaders = 10;
export const maxNameCharacters = 64;
export const maxValueCharacters = 256;

/**
 * Headers that this product or HTTP itself sets. Overriding one could forge a signature, split a request or mislead a
 * proxy.
 */
const reservedNames: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  // The AWS SDK does not treat an object with an own key `constructor` as a plain object and fails to marshal it.
  'constructor',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'te',
  'traceparent',
  'tracestate',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'user-agent',
  'via',
]);
const reservedPrefixes = ['webhook-', 'workflow-', 'proxy-', 'x-forwarded-', 'x-amzn-'];

function isReserved(name: string): boolean {
  return reservedNames.has(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix));
}

const nameSchema = z
  .string()
  .check(
    z.maxLength(maxNameCharacters),
    z.regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'Header names are letters, digits, - and _, and start with a letter.'),
  );

/** Visible ASCII with spaces inside, so that no line break can start another header. */
const valueSchema = z
  .string()
  .check(
    z.maxLength(maxValueCharacters),
    z.regex(/^[!-~]([ !-~]*[!-~])?$/, 'Header values are visible ASCII characters, with spaces only inside.'),
  );

/** The number of headers is judged before any of them: a body of 256 KB has room for 30,000. */
const fewHeaders = z.transform((headers: unknown, context) => {
  if (!isPlainObject(headers) || Object.keys(headers).length <= maxHeaders) return headers;
  const message = `At most ${maxHeaders} custom headers are sent.`;
  context.issues.push({ code: 'custom', input: headers, message, params: { code: 'too_many_headers' } });
  return headers;
});

/** Custom headers of an endpoint, at most 10. Their names are stored in lower case, see {@link lowerCaseNames}. */
export const customHeadersSchema = z.pipe(
  fewHeaders,
  z.record(z.string(), z.string()).check(
    z.superRefine((headers, context) => {
      const seen = new Set<string>();
      const fault = (name: string, code: string, message: string) => {
        context.addIssue({ code: 'custom', path: [name], message, params: { code } });
      };
      for (const [name, value] of Object.entries(headers)) {
        const lower = name.toLowerCase();
        if (isReserved(lower)) fault(name, 'reserved_header', 'This header is set by the sender; choose another name.');
        if (seen.has(lower)) fault(name, 'duplicate_header', 'Header names must differ in more than case.');
        seen.add(lower);
        for (const checked of [nameSchema.safeParse(name), valueSchema.safeParse(value)]) {
          if (!checked.success) fault(name, 'invalid_header', checked.error.issues[0]?.message ?? 'Not a header.');
        }
      }
    }),
  ),
);

export function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
