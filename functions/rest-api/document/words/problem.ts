import * as z from 'zod/mini';
import { errorCodes } from '../../../domain/errors';
import { answered, named, time } from '../component';

const faultSchema = z.object({
  pointer: z.optional(z.string()),
  parameter: z.optional(z.string()),
  header: z.optional(z.string()),
  code: z.string(),
  detail: z.string(),
});

/** Generators would refuse a code that a later release adds, so the codes are listed without closing the list. */
const codeSchema = z.string();

/** A refusal, as RFC 9457 defines problem details. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: codeSchema,
  request_id: z.string(),
  errors: z.array(faultSchema),
  resets_at: z.optional(z.string()),
});

export const problemComponents = [
  answered(
    'Problem',
    problemSchema,
    { description: 'A refusal (RFC 9457). `code` is stable; `detail` says what to do.' },
    {
      type: { description: 'The address of the reference page at which the code is described.', format: 'uri' },
      title: 'The kind of problem in a few words, the same for every problem with this code.',
      status: 'The HTTP status, also in the status line.',
      detail: 'What is wrong with this request, and what to do about it.',
      code: 'The stable code, for programs.',
      request_id: 'Identifies the request in the log lines; name it when you ask for support.',
      errors: 'Each invalid place of the request, at most 100; empty if the problem is not about a place.',
      resets_at: time('When the daily run cap begins anew. Present with `daily_cap_reached` only.'),
    },
  ),
  answered(
    'Fault',
    faultSchema,
    { description: 'One invalid place of a request, named by exactly one of `pointer`, `parameter` and `header`.' },
    {
      pointer: {
        description: 'A place in the body: a JSON pointer as a URI fragment.',
        examples: ['#/recipe/steps/3/type'],
      },
      parameter: { description: 'The name of a parameter of the query or the path.', examples: ['limit'] },
      header: { description: 'The name of a header.', examples: ['Idempotency-Key'] },
      code: { description: 'What is wrong there, for programs.', examples: ['step_type_not_allowed'] },
      detail: 'What would be right there.',
    },
  ),
  named('ErrorCode', codeSchema, {
    description:
      'Why a request was refused. Later releases may add codes; a program judges an unknown one by the status.',
    'x-extensible-enum': errorCodes,
  }),
];
