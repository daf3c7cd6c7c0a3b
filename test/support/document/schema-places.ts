/** The part of JSON Schema that describes the product's requests. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
}

/** A place in a request, and the text of an otherwise valid request with `value` in that place. */
export interface Place {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly filled: (value: string) => string;
}

const mark = '@the place@';

/** Every place of a request: the whole of it, each property and each item of a list, at any depth. */
export function placesOf(schema: JsonSchema): Place[] {
  return placesIn(schema, '', '').map(({ name, sample, schema: own }) => {
    const [before = '', after = ''] = JSON.stringify(sample).split(JSON.stringify(mark));
    return { name, schema: own, filled: (value) => before + value + after };
  });
}

interface Marked {
  readonly name: string;
  readonly schema: JsonSchema;
  /** A valid request with the mark in one place. */
  readonly sample: unknown;
}

function placesIn(schema: JsonSchema, name: string, property: string): Marked[] {
  const own: Marked = { name: name === '' ? 'the whole' : name, schema, sample: mark };
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return [own, ...choices.flatMap((one) => placesIn(one, name, property).slice(1))];
  const below = Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
    placesIn(child, `${name}/${key}`, key).map(({ name: place, sample, schema: its }) => ({
      name: place,
      schema: its,
      sample: { ...(sampleOf(schema, property) as object), [key]: sample },
    })),
  );
  const items = schema.items === undefined ? [] : placesIn(schema.items, `${name}/0`, property);
  return [
    own,
    ...below,
    ...items.map(({ name: place, sample, schema: its }) => ({ name: place, schema: its, sample: [sample] })),
  ];
}

/** The smallest valid value. */
export function sampleOf(schema: JsonSchema, property: string): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return sampleOf(choice, property);
  switch (schema.type) {
    case 'object': {
      const required = Object.entries(schema.properties ?? {}).filter(([key]) => schema.required?.includes(key));
      return Object.fromEntries(required.map(([key, child]) => [key, sampleOf(child, key)]));
    }
    case 'array':
      return [sampleOf(schema.items ?? {}, property)];
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return property === 'url' ? 'https://hooks.example.com/in' : 'a';
    default:
      return null;
  }
}
