import * as z from 'zod/mini';
import { jsonSchema } from '../../edge/http/json-schema';
import type { Component, Member } from './component';
import { exampleOf } from './example';
import { isObject, type Json } from './json';
import { itemOf, pageExample, pageName, pageSchema } from './pages';
import { portable } from './portable';
import { refOf } from './ref';

/** Makes the schemas of a document: those with a name, and those of operations, which refer to them. */
export function schemasOf(components: readonly Component[]) {
  const byZod = new Map(components.map((component) => [component.schema, component]));
  const lists = new Map<string, Component>();

  const inline = (schema: z.core.$ZodType, io: Component['io']): Json =>
    portable(
      jsonSchema(schema, io, (inner) => {
        const found = inner === schema ? undefined : byZod.get(inner);
        if (found?.inline === true) return namedSchema(found, inline);
        return found && { $ref: refOf(found) };
      }),
      io,
    );

  /** The component whose list the schema is. */
  const listed = (schema: z.core.$ZodType) => {
    const item = itemOf(schema);
    return item && byZod.get(item);
  };

  return {
    /** The content of a request or response: its schema, which is a reference if it has a name, and its example. */
    contentOf(schema: z.core.$ZodType, io: Component['io']): Json {
      const item = listed(schema);
      if (item !== undefined) {
        lists.set(pageName(item), item);
        return { schema: { $ref: refOf({ name: pageName(item) }) }, example: pageExample(item) };
      }
      const found = byZod.get(schema);
      if (found === undefined) return { schema: inline(schema, io) };
      const own = found.inline === true ? namedSchema(found, inline) : { $ref: refOf(found) };
      return { schema: own, example: exampleOf(found) };
    },
    inline,
    /** `components.schemas`: also the pages of lists, so all operations must be described before. */
    named: (): Json => ({
      ...Object.fromEntries(
        components.filter((one) => one.inline !== true).map((one) => [one.name, namedSchema(one, inline)]),
      ),
      ...Object.fromEntries([...lists].map(([name, item]) => [name, pageSchema(item)])),
    }),
  };
}
export type Schemas = ReturnType<typeof schemasOf>;

/** The names of the members of an object's schema. */
export function membersOf(schema: z.core.$ZodType | null | undefined): string[] {
  return schema instanceof z.ZodMiniObject ? Object.keys(schema.shape) : [];
}

function namedSchema({ base, keywords, members, schema, io }: Component, inline: Schemas['inline']): Json {
  const whole = inline(schema, io);
  const described = isObject(whole['properties']) ? withWords(whole, whole['properties'], members) : whole;
  if (base === undefined) return defined({ ...described, ...keywords });
  return { ...keywords, allOf: [{ $ref: refOf(base) }, without(described, membersOf(base.schema))] };
}

function withWords(schema: Json, properties: Json, members: Readonly<Record<string, Member>>): Json {
  const all = Object.entries(properties).map(([name, property]) => {
    const member = members[name];
    const words = typeof member === 'string' ? { description: member } : member;
    return [name, defined({ ...(isObject(property) && property), ...words })];
  });
  return { ...schema, properties: Object.fromEntries(all) };
}

/** Words may set a keyword to undefined, which takes away what was generated. */
function defined(schema: Json): Json {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined));
}

/** The part of an object's schema that a base does not have. */
function without(schema: Json, known: readonly string[]): Json {
  const { properties, required, ...rest } = schema;
  const isOwn = (name: string) => !known.includes(name);
  const own = Object.entries(isObject(properties) ? properties : {}).filter(([name]) => isOwn(name));
  const needed = (Array.isArray(required) ? required : []).filter(isOwn);
  return { ...rest, properties: Object.fromEntries(own), ...(needed.length > 0 && { required: needed }) };
}
