import { aDelay, aLog, aWebhookStep } from '../../support/builders';
import { startRest, type Rest } from '../../support/rest';

/** What an author may declare of an input, through the door that authors use. */
let rest: Rest;
let token: string;
beforeAll(async () => {
  rest = await startRest();
  ({ token } = await rest.aTenant());
});
afterAll(() => rest.stop());

const validate = (recipe: object, query = '') =>
  rest.call('POST', `/api/v1/recipes/validate${query}`, { token, body: recipe });
const declaring = (inputs: unknown, ...messages: string[]) => ({
  inputs,
  steps: messages.length === 0 ? [aLog()] : messages.map((message) => aLog(message)),
});
const named = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`input${index}`, { type: 'string' }]));
const choices = (count: number) => Array.from({ length: count }, (_, index) => `choice ${index}`);

describe('a recipe that declares inputs', () => {
  it.each([
    ['no input at all', {}],
    [
      'a string with everything',
      { a: { type: 'string', description: 'D', default: 'ab', enum: ['ab', 'c'], min: 1, max: 2 } },
    ],
    ['a number', { a: { type: 'number', required: true, min: -0.5, max: 1.5, example: 1.25 } }],
    ['a whole number with choices', { a: { type: 'integer', enum: [1, 2, 3], default: 2 } }],
    ['true or false', { a: { type: 'boolean', default: false, example: true } }],
    ['an object', { a: { type: 'object', default: { b: [null] } } }],
    ['a list', { a: { type: 'array', min: 1, max: 3, example: [1, 'two'] } }],
    ['20 inputs', named(20)],
    ['characters above U+FFFF counted as one each', { a: { type: 'string', max: 2, default: '🎈🎈' } }],
    ['a description that is null', { a: { type: 'string', description: null } }],
  ])('may declare %s', async (_, inputs) => {
    expect(await validate(declaring(inputs))).toMatchObject({ status: 200, body: { valid: true } });
  });

  it.each([
    ['what is no object', [], '#/inputs', 'Must be an object.'],
    ['a declaration that is no object', { a: 'string' }, '#/inputs/a', 'Must be an object.'],
    ['no type', { a: {} }, '#/inputs/a/type', 'Must be string, number, integer, boolean, object or array.'],
    [
      'an unknown type',
      { a: { type: 'date' } },
      '#/inputs/a/type',
      'Must be string, number, integer, boolean, object or array.',
    ],
    [
      'a type of constructor',
      { a: { type: 'constructor' } },
      '#/inputs/a/type',
      'Must be string, number, integer, boolean, object or array.',
    ],
    [
      'a list of types',
      { a: { type: ['string', 'null'] } },
      '#/inputs/a/type',
      'Must be string, number, integer, boolean, object or array.',
    ],
    [
      'a keyword of JSON Schema that no form shows',
      { a: { type: 'string', pattern: 'a+' } },
      '#/inputs/a/pattern',
      'Unknown key; remove it.',
    ],
    ['bounds of true or false', { a: { type: 'boolean', min: 1 } }, '#/inputs/a/min', 'Unknown key; remove it.'],
    ['choices of objects', { a: { type: 'object', enum: [{}] } }, '#/inputs/a/enum', 'Unknown key; remove it.'],
    [
      'a required one with a default',
      { a: { type: 'string', required: true, default: 'x' } },
      '#/inputs/a/default',
      'An input that is required never takes its default: remove one of the two.',
    ],
    ['a default of another type', { a: { type: 'integer', default: 'x' } }, '#/inputs/a/default', 'Must be a number.'],
    [
      'a default that is no choice',
      { a: { type: 'string', enum: ['a', 'b'], default: 'c' } },
      '#/inputs/a/default',
      'Must be one of: a, b.',
    ],
    [
      'an example out of bounds',
      { a: { type: 'number', max: 2, example: 3 } },
      '#/inputs/a/example',
      'Must be at most 2.',
    ],
    [
      'a choice out of bounds',
      { a: { type: 'string', max: 1, enum: ['a', 'bc'] } },
      '#/inputs/a/enum/1',
      'Must have at most 1 character.',
    ],
    [
      'a choice twice',
      { a: { type: 'string', enum: ['a', 'a'] } },
      '#/inputs/a/enum/1',
      '"a" is there twice; remove one.',
    ],
    ['no choice at all', { a: { type: 'string', enum: [] } }, '#/inputs/a/enum', 'Must have at least 1 item.'],
    ['51 choices', { a: { type: 'string', enum: choices(51) } }, '#/inputs/a/enum', 'Must have at most 50 items.'],
    ['min above max', { a: { type: 'number', min: 2, max: 1 } }, '#/inputs/a/max', 'Must be at least min, which is 2.'],
    ['a negative length', { a: { type: 'string', min: -1 } }, '#/inputs/a/min', 'Must be a whole number, 0 or more.'],
    [
      'a description of 501 characters',
      { a: { type: 'string', description: 'x'.repeat(501) } },
      '#/inputs/a/description',
      'Must have at most 500 characters.',
    ],
    ['21 inputs', named(21), '#/inputs', 'Has 21 inputs; at most 20 are allowed.'],
    ['200 inputs', named(200), '#/inputs', 'Has 200 inputs; at most 20 are allowed.'],
    [
      'more than 8 KB',
      { a: { type: 'string', default: 'x'.repeat(8200) } },
      '#/inputs',
      'The inputs are 8236 bytes as JSON; at most 8192 are allowed.',
    ],
    [
      'a name of 65 characters',
      { ['n'.repeat(65)]: { type: 'string' } },
      `#/inputs/${'n'.repeat(65)}`,
      'Names of inputs have at most 64 characters.',
    ],
    [
      'a name with a dot',
      { 'a.b': { type: 'string' } },
      '#/inputs/a.b',
      'Names of inputs are letters, digits and _, and start with a letter.',
    ],
    [
      'a name with a space',
      { 'a b': { type: 'string' } },
      '#/inputs/a%20b',
      'Names of inputs are letters, digits and _, and start with a letter.',
    ],
    [
      'an empty name',
      { '': { type: 'string' } },
      '#/inputs/',
      'Names of inputs are letters, digits and _, and start with a letter.',
    ],
    [
      'the name __proto__',
      JSON.parse('{"__proto__": {"type": "string"}}'),
      '#/inputs/__proto__',
      'This name is reserved; choose another.',
    ],
    [
      'the name constructor',
      JSON.parse('{"constructor": {"type": "string"}}'),
      '#/inputs/constructor',
      'This name is reserved; choose another.',
    ],
    [
      'the name hasOwnProperty',
      { hasOwnProperty: { type: 'string' } },
      '#/inputs/hasOwnProperty',
      'This name is reserved; choose another.',
    ],
  ])('may not declare %s', async (_, inputs, pointer, detail) => {
    const answer = await validate(declaring(inputs));

    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_recipe' } });
    expect(answer.body.errors).toEqual([{ pointer, code: 'invalid_recipe', detail }]);
  });

  it('is told of its faults within the body of the workflow', async () => {
    const body = { name: 'Promo', recipe: declaring({ a: { type: 'date' } }) };

    const answer = await rest.call('POST', '/api/v1/workflows', { token, body });

    expect(answer.body.errors).toMatchObject([{ pointer: '#/recipe/inputs/a/type' }]);
  });

  it('is shown with them wherever the workflow is', async () => {
    const inputs = { campaign: { type: 'string', required: true } };
    const { body } = await rest.call('POST', '/api/v1/workflows', {
      token,
      body: { name: 'Promo', recipe: declaring(inputs) },
    });

    const list = await rest.call('GET', '/api/v1/workflows', { token });
    const one = await rest.call('GET', `/api/v1/workflows/${body.id}`, { token });

    expect([body.inputs, list.body.data[0].inputs, one.body.inputs, one.body.recipe.inputs]).toEqual(
      Array.from({ length: 4 }, () => inputs),
    );
  });
});

describe('a placeholder', () => {
  const inputs = {
    campaign: { type: 'string', required: true },
    owner: { type: 'string' },
    n: { type: 'integer', default: 1 },
  };

  it.each([
    ['campaing', 'undeclared_input', 'campaing is not an input of this recipe: did you mean campaign?'],
    ['Campaign', 'undeclared_input', 'Campaign is not an input of this recipe: did you mean campaign?'],
    ['budget', 'undeclared_input', 'budget is not an input of this recipe: declare it in inputs, or remove it.'],
    [
      'owner',
      'optional_input',
      'owner may be left out of a run, and its placeholder then stays in the text: make it required, or give it a default.',
    ],
  ])('for %s is marked while authoring', async (name, code, detail) => {
    const { body } = await validate(declaring(inputs, `Go {{input.${name}.first}} and {{input.${name}}}`));

    expect(body.warnings).toEqual([{ pointer: '#/steps/0/message', code, detail }]);
  });

  it('that keeps the type of its value is marked too', async () => {
    const step = aWebhookStep({ payload: { who: ['{{input.onwer | json}}'] } });

    const { body } = await validate({ inputs, steps: [step] });

    expect(body.warnings).toMatchObject([{ pointer: '#/steps/0/payload/who/0', code: 'undeclared_input' }]);
  });

  it('for what every run has is not marked, nor any if nothing is declared', async () => {
    const declared = await validate(declaring(inputs, '{{input.campaign}} {{input.n}}'));
    const free = await validate({ steps: [aLog('{{input.campaing}}')] });

    expect([declared.body.warnings, free.body.warnings]).toEqual([[], []]);
  });
});

describe('the preview of a recipe', () => {
  it('shows each step with examples, defaults and values of the type', async () => {
    await rest.call('POST', '/api/v1/webhook-endpoints', {
      token,
      body: { url: 'https://hooks.example.com/a?key=secret', events: ['campaign.*'] },
    });
    const inputs = {
      campaign: { type: 'string', example: 'Spring' },
      size: { type: 'string', enum: ['S', 'M'] },
      n: { type: 'integer', default: 3 },
      least: { type: 'number', min: 5 },
      loud: { type: 'boolean' },
      who: { type: 'string' },
    };
    const message =
      '{{input.campaign}} {{input.size}} {{input.n}} {{input.least}} {{input.loud}} {{input.who}} {{input.x}}';

    const { body } = await validate(
      { inputs, steps: [aLog(message), aDelay(3), aWebhookStep({ payload: { n: '{{input.n | json}}' } })] },
      '?preview=true',
    );

    expect(body).toMatchObject({
      input: { campaign: 'Spring', size: 'S', n: 3, least: 5, loud: true, who: 'who' },
      steps: [
        { index: 0, type: 'log', message: 'Spring S 3 5 true who {{input.x}}', missing: ['x'] },
        { index: 1, type: 'delay', seconds: 3 },
        {
          ...{ index: 2, type: 'fire_webhook_event', event: 'campaign.kickoff', payload: { n: 3 } },
          ...{ matched_endpoints: 1, endpoints: [{ url: 'https://hooks.example.com/a?***' }] },
        },
      ],
      usage: { used: 0, cap: 1000, remaining: 1000 },
    });
  });

  it('leaves out texts that are too long for one answer, and says of a step that it would fail', async () => {
    const inputs = { a: { type: 'string', example: 'x'.repeat(3000) } };
    const steps = [aLog('{{input.a}}{{input.a}}'), ...Array.from({ length: 30 }, () => aLog('{{input.a}}'))];

    const { body } = await validate({ inputs, steps }, '?preview=true');

    expect(body.steps[0]).toMatchObject({ error: { code: 'rendered_too_large' }, truncated: false });
    expect(body.steps[1]).toMatchObject({ error: null, truncated: false });
    expect(body.steps[30]).toEqual({ index: 30, type: 'log', missing: [], error: null, truncated: true });
  });

  it('is given only if it is asked for, and counts nothing', async () => {
    const recipe = { steps: [aLog()] };

    expect((await validate(recipe)).body).not.toHaveProperty('steps');
    expect((await validate(recipe, '?preview=false')).body).not.toHaveProperty('steps');
    expect((await validate(recipe, '?preview=yes')).body).toMatchObject({ errors: [{ parameter: 'preview' }] });
    expect((await rest.call('GET', '/api/v1/usage', { token })).body.used).toBe(0);
  });
});
