import * as z from 'zod/mini';
import type { Component } from './component';
import { exampleOf } from './example';
import type { Json } from './json';
import { refOf } from './ref';

/** The item of a list's response; undefined for a schema that is none. */
export function itemOf(schema: z.core.$ZodType | null): z.core.$ZodType | undefined {
  if (!(schema instanceof z.ZodMiniObject)) return undefined;
  const { data, next_cursor: next }: Readonly<Record<string, unknown>> = schema.shape;
  return data instanceof z.ZodMiniArray && next !== undefined ? data.def.element : undefined;
}

export function pageName({ name }: Pick<Component, 'name'>): string {
  return `${name}Page`;
}

/** The schema of one page of a list. */
export function pageSchema(item: Component): Json {
  return {
    type: 'object',
    description: 'One page of a list, newest first.',
    properties: {
      data: { type: 'array', description: 'The items of this page.', items: { $ref: refOf(item) } },
      has_more: { type: 'boolean', description: 'Whether there are older items.' },
      next_cursor: {
        type: ['string', 'null'],
        description: 'Send it as `cursor` to get the next page; null on the last one.',
      },
    },
    required: ['data', 'has_more', 'next_cursor'],
    examples: [pageExample(item)],
  };
}

export function pageExample(item: Component): Json {
  return { data: [exampleOf(item)], has_more: false, next_cursor: null };
}
