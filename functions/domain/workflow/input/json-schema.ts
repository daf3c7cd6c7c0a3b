import type { Input, Inputs } from './declaration';

type Keywords = Record<string, unknown>;

/** The JSON Schema (2020-12) of a workflow's input. What is not declared is free, so further properties are allowed. */
export function inputJsonSchema(inputs: Inputs): {
  type: 'object';
  properties: Record<string, Keywords>;
  required?: string[];
} {
  const required = Object.entries(inputs).flatMap(([name, input]) => (input.required === true ? [name] : []));
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, propertyOf(input)])),
    ...(required.length > 0 && { required }),
  };
}

function propertyOf(input: Input): Keywords {
  const { type, description, default: preset, example } = input;
  return {
    type,
    ...(typeof description === 'string' && { description }),
    ...('enum' in input && input.enum !== undefined && { enum: input.enum }),
    ...boundsOf(input),
    ...(preset !== undefined && { default: preset }),
    ...(example !== undefined && { examples: [example] }),
  };
}

function boundsOf(input: Input): Keywords {
  if (!('min' in input) && !('max' in input)) return {};
  const [min, max] = boundNames[input.type];
  return { ...(input.min !== undefined && { [min]: input.min }), ...(input.max !== undefined && { [max]: input.max }) };
}

const boundNames = {
  string: ['minLength', 'maxLength'],
  array: ['minItems', 'maxItems'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
} as const;
