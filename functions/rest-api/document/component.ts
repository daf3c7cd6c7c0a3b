import type * as z from 'zod/mini';

/** Keywords of JSON Schema 2020-12. */
export type Keywords = Readonly<Record<string, unknown>>;

/** What a member means, with keywords that its schema in code does not carry, such as `format`. */
export type Member = string | Described;
export interface Described extends Keywords {
  readonly description: string;
  readonly examples?: readonly unknown[];
}

/** A schema with a name in `components.schemas`. Wherever it occurs, the document refers to it by that name. */
export interface Component {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  /** `input`: as a request may send it. `output`: as a response holds it, where new members may be added at any time. */
  readonly io: 'input' | 'output';
  readonly keywords: Described;
  /** What each of its own members means; none for a schema that is no object. */
  readonly members: Readonly<Record<string, Member>>;
  /** The component whose members it has too. */
  readonly base?: Component;
  /** If true, it has words but no name of its own in the document, and stands where it is used. */
  readonly inline?: true;
}

type Shaped<Shape extends z.core.$ZodShape> = z.ZodMiniObject<Shape>;
type MembersOf<Shape extends z.core.$ZodShape> = Readonly<Record<keyof Shape & string, Member>>;

/** An object in responses. */
export function answered<Shape extends z.core.$ZodShape>(
  name: string,
  schema: Shaped<Shape>,
  keywords: Described,
  members: MembersOf<Shape>,
): Component {
  return { name, schema, io: 'output', keywords, members };
}

/** An object in responses that stands where it is used. */
export function inPlace<Shape extends z.core.$ZodShape>(
  schema: Shaped<Shape>,
  keywords: Described,
  members: MembersOf<Shape>,
): Component {
  return { name: '', schema, io: 'output', keywords, members, inline: true };
}

/** An object in requests. Members that it does not have are refused. */
export function sent<Shape extends z.core.$ZodShape>(
  name: string,
  schema: Shaped<Shape>,
  keywords: Described,
  members: MembersOf<Shape>,
): Component {
  return { name, schema, io: 'input', keywords, members };
}

/** An object in responses that has all members of `base` and more. */
export function extended<Shape extends z.core.$ZodShape, Base extends z.core.$ZodShape>(
  name: string,
  [base, baseSchema]: readonly [Component, Shaped<Base>],
  schema: Shaped<Shape & Base>,
  keywords: Described,
  members: MembersOf<Omit<Shape, keyof Base>>,
): Component {
  if (baseSchema !== base.schema) throw new Error(`${name} extends ${base.name}, but not its schema`);
  return { name, schema, io: 'output', keywords, members, base };
}

/** A schema that is no object, or one whose members are described elsewhere. */
export function named(name: string, schema: z.core.$ZodType, keywords: Described): Component {
  return { name, schema, io: 'input', keywords, members: {} };
}

/** A time in RFC 3339, in UTC where the product writes it. */
export function time(description: string): Described {
  return { description, format: 'date-time' };
}

/** The number of a workflow or run: whole, from 1, and unique in its tenant. */
export function id(description: string): Described {
  return { description, format: 'int64', minimum: 1, examples: [1] };
}

/** A count, which is never negative. */
export function count(description: string): Described {
  return { description, format: 'int64', minimum: 0 };
}
