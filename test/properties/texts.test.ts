import fc from 'fast-check';
import * as z from 'zod/mini';
import { decodeCursor, encodeCursor, type CursorScope } from '../../functions/domain/cursor';
import { ProductError } from '../../functions/domain/errors';
import type { Json, JsonObject } from '../../functions/domain/json';
import { isTerminal, mayBecome, runStatusSchema } from '../../functions/domain/run-status';
import { nameSchema } from '../../functions/domain/text';
import { newToken, tokenKindOf } from '../../functions/domain/tenant/token';
import { renderPayload, renderText } from '../../functions/domain/workflow/render';
import { unfilledIn } from '../../functions/domain/workflow/unfilled';
import { times } from './check';
import { input } from './recipes';

const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });
const json = fc.jsonValue({ maxDepth: 3 }).map((value): Json => JSON.parse(JSON.stringify(value)));

describe('a cursor', () => {
  const scope: fc.Arbitrary<CursorScope> = fc.record({
    tenantId: fc.constantFrom('acme', 'rival', 'acme2'),
    list: fc.constantFrom('workflows', 'workflow-runs', 'tokens'),
    filters: fc.oneof(fc.constant({}), fc.record({ status: anyText }), fc.record({ id: fc.integer() })),
    key: fc.constantFrom('A', 'B').map((letter) => Buffer.alloc(32, letter).toString('base64')),
  });
  const decode = (of: CursorScope, cursor: string) => {
    try {
      return decodeCursor(of, cursor);
    } catch (error) {
      if (error instanceof ProductError && error.code === 'invalid_request') return undefined;
      throw error;
    }
  };
  const sortKey = fc.string({ minLength: 1, maxLength: 60 });

  test('is valid for its own list at its own row, and for no other list', () => {
    fc.assert(
      fc.property(scope, scope, sortKey, (own, other, after) => {
        const same = JSON.stringify(own) === JSON.stringify(other);
        const cursor = encodeCursor(own, after);

        expect(cursor).toMatch(/^[\w-]+$/);
        expect([decode(own, cursor), decode(other, cursor)]).toEqual([after, same ? after : undefined]);
      }),
      times(300),
    );
  });

  test('that was made up or changed is refused', () => {
    fc.assert(
      fc.property(
        scope,
        sortKey,
        anyText,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (own, after, text, at, change) => {
          const bytes = Buffer.from(encodeCursor(own, after), 'base64url');
          bytes[at % bytes.length]! ^= change;

          expect([decode(own, text), decode(own, bytes.toString('base64url'))]).toEqual([undefined, undefined]);
        },
      ),
      times(300),
    );
  });
});

describe('a token', () => {
  const token = fc.constantFrom('pat' as const, 'mcp' as const).map((kind) => ({ kind, text: newToken(kind) }));
  const character = fc.stringMatching(/^[0-9A-Za-z]$/);

  test('is refused with one character mistyped, left out, doubled or swapped with its neighbour', () => {
    fc.assert(
      fc.property(token, character, fc.nat({ max: 43 }), ({ kind, text }, typed, at) => {
        const [before, here, next, rest] = [text.slice(0, at), text[at]!, text[at + 1] ?? '', text.slice(at + 2)];
        const slips = [
          before + typed + next + rest,
          before + next + rest,
          before + here + here + next + rest,
          before + next + here + rest,
        ];

        expect(tokenKindOf(text)).toBe(kind);
        for (const slip of slips) expect(tokenKindOf(slip)).toBe(slip === text ? kind : undefined);
      }),
      times(300),
    );
  });

  test('that was made up is refused', () => {
    const madeUp = fc.oneof(
      anyText,
      fc.array(character, { minLength: 36, maxLength: 36 }).map((some) => `cwf_pat_${some.join('')}`),
    );

    fc.assert(
      fc.property(madeUp, (text) => {
        expect(tokenKindOf(text)).toBeUndefined();
      }),
      times(300),
    );
  });
});

describe('a name', () => {
  const points = [
    0, 9, 10, 13, 32, 0x61, 0x85, 0xa0, 0xad, 0x200b, 0x200d, 0x200e, 0x2028, 0x202e, 0x2060, 0xfe0f, 0xfeff,
  ];
  const odd = fc.constantFrom(...points).map((point) => String.fromCodePoint(point));
  const text = fc.oneof(
    fc.array(odd, { maxLength: 8 }).map((some) => some.join('')),
    anyText,
  );
  const pattern = String(z.globalRegistry.get(nameSchema)?.['pattern']);

  test('is accepted by the server exactly if the pattern in openapi.json matches it', () => {
    fc.assert(
      fc.property(text, (name) => {
        const accepted = nameSchema.safeParse(name).success;

        expect([new RegExp(pattern).test(name), new RegExp(pattern, 'u').test(name)]).toEqual([accepted, accepted]);
      }),
      times(500),
    );
  });

  test('that was accepted is accepted again, unchanged', () => {
    fc.assert(
      fc.property(text, (written) => {
        const { data: name = 'a' } = nameSchema.safeParse(written);

        expect(nameSchema.parse(name)).toBe(name);
      }),
      times(300),
    );
  });
});

describe('a template', () => {
  const withoutBraces = anyText.filter((text) => !/[{}]/.test(text));

  test('without placeholders stays unchanged, for any input', () => {
    fc.assert(
      fc.property(withoutBraces, input, (text, given) => {
        expect(renderText(text, given)).toEqual({ value: text, missing: [] });
      }),
      times(200),
    );
  });

  test('says any text as it is, braces included, when each {{ in it is written as a placeholder of its own', () => {
    const braces = fc.constantFrom('{', '{{', '}}', 'input.a', '{{input.a}}', "'", '"', ' ', '|', 'json', 'x');
    const anything = fc.oneof(
      fc.array(braces, { maxLength: 12 }).map((some) => some.join('')),
      anyText,
    );
    fc.assert(
      fc.property(anything, fc.constantFrom("{{'{{'}}", '{{ "{{" }}'), (text, literal) => {
        const written = text.replaceAll('{{', literal);

        expect(renderText(written, { a: 'filled' })).toEqual({ value: text, missing: [] });
        expect(unfilledIn(written, 100)).toEqual([]);
      }),
      times(500),
    );
  });

  test('is warned of exactly if braces are left when all that is filled in is taken out', () => {
    const parts = ['{{', '}}', 'input.a', 'Input.a', '{{input.a}}', '{{ input.a }}', "{{'{{'}}", ' ', 'x'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 10 }), (some) => {
        const text = some.join('');
        const rest = text.replace(/\{\{\s*(?:input\.[^{}]+|'\{\{')\}\}/g, '-');

        expect(unfilledIn(text, 100).length > 0).toBe(rest.includes('{{'));
      }),
      times(500),
    );
  });

  test('is filled with values of the input, and those are not rendered again', () => {
    const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/);
    fc.assert(
      fc.property(key, json, withoutBraces, withoutBraces, (name, value, before, after) => {
        const recursive: JsonObject = Object.fromEntries([[name, [value, `{{input.${name}}}`]]]);
        const as = (one: Json) => (typeof one === 'string' ? one : JSON.stringify(one));

        expect(renderText(`${before}{{ input.${name}.0 }}${after}`, recursive)).toEqual({
          value: before + as(value) + after,
          missing: [],
        });
        expect(renderText(`{{input.${name}.1}}`, recursive).value).toBe(`{{input.${name}}}`);
      }),
      times(200),
    );
  });

  test('reads own keys only: inherited properties count as missing', () => {
    const inherited = fc.constantFrom(...Object.getOwnPropertyNames(Object.prototype), 'length', 'prototype');
    fc.assert(
      fc.property(inherited, fc.constantFrom('', 'list.', 'b.'), (name, at) => {
        const given: JsonObject = { list: [1, 2], b: { c: 'text' } };
        const path = at + name;

        expect(renderText(`{{input.${path}}}`, given)).toEqual({ value: `{{input.${path}}}`, missing: [path] });
      }),
      times(60),
    );
  });

  test('is rendered in the strings of a payload only: its shape, its keys and all other values stay unchanged', () => {
    const shape = (value: Json): unknown => {
      if (Array.isArray(value)) return value.map(shape);
      if (typeof value === 'object' && value !== null)
        return Object.entries(value).map(([key, child]) => [key, shape(child)]);
      return typeof value === 'string' ? 'text' : value;
    };
    fc.assert(
      fc.property(fc.dictionary(anyText, json, { maxKeys: 5 }), input, (payload, given) => {
        const before = JSON.stringify(payload);

        expect(shape(renderPayload(payload, given).value)).toEqual(shape(payload));
        expect(JSON.stringify(payload)).toBe(before);
      }),
      times(200),
    );
  });
});

test('no sequence of status changes leads a run backwards or out of a final status', () => {
  const order = { queued: 0, running: 1, succeeded: 2, failed: 2, cancelled: 2 };
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...runStatusSchema.options), { maxLength: 12 }), (wanted) => {
      let status: keyof typeof order = 'queued';
      for (const next of wanted) {
        if (!mayBecome(status, next)) continue;
        expect(isTerminal(status)).toBe(false);
        expect(order[next]).toBeGreaterThan(order[status]);
        status = next;
      }
    }),
    times(200),
  );
});
