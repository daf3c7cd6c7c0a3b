import * as z from 'zod/mini';
import { inputLimits, inputSchema, inputsSchema } from '../../../domain/workflow/input/declaration';
import { declaredInputsSchema } from '../../../domain/workflow/view';
import { named, sent } from '../component';
import * as examples from '../examples/workflow';

const [text, number, integer, flag, object, list] = inputSchema.def.options;

const common = {
  type: 'The type of the value.',
  description: `What it is for, at most ${inputLimits.descriptionCharacters} characters: forms and agents show it.`,
  required: 'If true, a run is not accepted without it. Not together with `default`.',
  default: 'What a run gets if it is started without it.',
  example: 'A value to show what is meant.',
};
const choices = { enum: `The only values that are accepted, at most ${inputLimits.enumValues}.` };

export const inputComponents = [
  named('Inputs', inputsSchema, {
    description: `The inputs of a recipe by name, at most ${inputLimits.inputs}, and ${inputLimits.bytes / 1024} KB as JSON. A run is refused with a pointer before it is counted if its input is not as declared.`,
    examples: [examples.inputs],
  }),
  named('Input', inputSchema, {
    description: 'What one input accepts, by its `type`.',
    discriminator: {
      propertyName: 'type',
      mapping: {
        string: '#/components/schemas/StringInput',
        number: '#/components/schemas/NumberInput',
        integer: '#/components/schemas/IntegerInput',
        boolean: '#/components/schemas/BooleanInput',
        object: '#/components/schemas/ObjectInput',
        array: '#/components/schemas/ListInput',
      },
    },
  }),
  sent(
    'StringInput',
    text,
    { description: 'A text.' },
    { ...common, ...choices, min: 'The fewest characters.', max: 'The most characters.' },
  ),
  sent(
    'NumberInput',
    number,
    { description: 'A number.' },
    { ...common, ...choices, min: 'The least value.', max: 'The greatest value.' },
  ),
  sent(
    'IntegerInput',
    integer,
    { description: 'A whole number.' },
    { ...common, ...choices, min: 'The least value.', max: 'The greatest value.' },
  ),
  sent('BooleanInput', flag, { description: 'True or false.' }, common),
  sent('ObjectInput', object, { description: 'An object of JSON.' }, common),
  sent(
    'ListInput',
    list,
    { description: 'A list of JSON.' },
    { ...common, min: 'The fewest items.', max: 'The most items.' },
  ),
  named('DeclaredInputs', declaredInputsSchema, {
    description:
      'The inputs that a stored recipe declares, by name. Later releases may declare more of an input than `Input` names.',
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/DeclaredInput' },
  }),
  named('DeclaredInput', z.unknown(), {
    description: 'What is declared of one input. The members that it has depend on its type.',
    type: 'object',
    properties: {
      type: { type: 'string', description: 'string, number, integer, boolean, object or array.' },
      description: { type: ['string', 'null'], description: 'What it is for.' },
      required: { type: 'boolean', description: 'Whether a run is refused without it.' },
      min: { type: 'number', description: 'The least value, or the fewest characters or items.' },
      max: { type: 'number', description: 'The greatest value, or the most characters or items.' },
    },
    additionalProperties: true,
  }),
];
