import fc from 'fast-check';
import { ProductError } from '../../../functions/domain/errors';
import { parseRecipe } from '../../../functions/domain/workflow/parse-recipe';
import { stepTypesInWords } from '../../../functions/domain/workflow/recipe';
import { summariseRecipe } from '../../../functions/domain/workflow/recipe-summary';
import { aDelay, aLog, aRecipe, aWebhookStep } from '../../support/builders';

/** Code, message and faults of a recipe that is refused. */
function refusalOf(recipe: unknown, at?: string[]) {
  try {
    parseRecipe(recipe, at);
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    return { code: error.code, detail: error.message, faults: error.faults };
  }
  throw new Error('The recipe was accepted');
}

const faultOf = (step: unknown) => refusalOf({ steps: [step] }).faults;
const steps = (count: number, step: unknown = aLog()) => Array.from({ length: count }, () => step);
/** An object of `levels` levels with a scalar at the bottom. */
const nested = (levels: number): unknown => (levels === 1 ? { leaf: 1 } : { next: nested(levels - 1) });

describe('a recipe', () => {
  it('is accepted in its plain form and with continue_on_error', () => {
    expect(parseRecipe(aRecipe())).toEqual(aRecipe());
    expect(parseRecipe(aRecipe({ continue_on_error: true }))).toEqual(aRecipe({ continue_on_error: true }));
  });

  it.each([
    ['no object', [aLog()], '#', 'Must be an object.'],
    ['null', null, '#', 'Must be an object.'],
    ['nothing at all', undefined, '#', 'Must be an object.'],
    ['no steps', {}, '#/steps', 'Required: an array.'],
    ['steps that are no array', { steps: {} }, '#/steps', 'Must be an array.'],
    ['an empty list of steps', { steps: [] }, '#/steps', 'Must have at least 1 item.'],
    ['a step that is no object', { steps: [1] }, '#/steps/0', 'Must be an object.'],
    ['a step that is null', { steps: [null] }, '#/steps/0', 'Must be an object.'],
    [
      'continue_on_error that is no boolean',
      aRecipe({ continue_on_error: 'yes' as never }),
      '#/continue_on_error',
      'Must be a boolean.',
    ],
    ['an unknown key', { ...aRecipe(), retries: 3 }, '#/retries', 'Unknown key; remove it.'],
    ['an unknown key in a step', { steps: [{ ...aLog(), level: 1 }] }, '#/steps/0/level', 'Unknown key; remove it.'],
    [
      'a key of another step type',
      { steps: [{ ...aLog(), seconds: 1 }] },
      '#/steps/0/seconds',
      'Unknown key; remove it.',
    ],
  ])('with %s is invalid_recipe and says where', (_what, recipe, pointer, detail) => {
    expect(refusalOf(recipe)).toEqual({
      code: 'invalid_recipe',
      detail: 'The recipe is not valid; errors lists each place.',
      faults: [{ pointer, code: 'invalid_recipe', detail }],
    });
  });

  it('with 50 steps passes', () => {
    expect(parseRecipe({ steps: steps(50) }).steps).toHaveLength(50);
  });

  it('with 51 steps is recipe_too_large and says by how much', () => {
    expect(refusalOf({ steps: steps(51) })).toEqual({
      code: 'recipe_too_large',
      detail: 'The recipe has 51 steps; trim it to at most 50.',
      faults: [
        {
          pointer: '#/steps',
          code: 'recipe_too_large',
          detail: 'The recipe has 51 steps; at most 50 are allowed.',
        },
      ],
    });
  });

  it.each([['shell'], ['LOG'], ['constructor'], ['__proto__'], ['toString'], [''], [5], [null], [['log']]])(
    'with a step of type %j is step_type_not_allowed',
    (type) => {
      expect(refusalOf({ steps: [aLog(), { type, message: 'x' }] })).toEqual({
        code: 'step_type_not_allowed',
        detail: `The recipe has a step of an unknown type; use only ${stepTypesInWords()}.`,
        faults: [
          {
            pointer: '#/steps/1/type',
            code: 'step_type_not_allowed',
            detail: `Only ${stepTypesInWords()} are allowed as a step type.`,
          },
        ],
      });
    },
  );

  it.each(['__proto__', 'constructor', 'toString'])('is refused with a key named %s, at any place', (key) => {
    const recipe: unknown = JSON.parse(`{ "${key}": {}, "steps": [{ "type": "log", "message": "x", "${key}": {} }] }`);

    expect(refusalOf(recipe).faults.map(({ pointer }) => pointer)).toEqual([`#/steps/0/${key}`, `#/${key}`]);
  });

  it('with several faults has the code of the most serious one and lists all, the most serious first', () => {
    const recipe = { steps: [{ type: 'delay', seconds: 0 }, { type: 'shell' }, ...steps(49)], retries: 1 };

    const { code, faults } = refusalOf(recipe);

    expect(code).toBe('recipe_too_large');
    expect(faults.map(({ pointer, code: faultCode }) => [pointer, faultCode])).toEqual([
      ['#/steps', 'recipe_too_large'],
      ['#/steps/1/type', 'step_type_not_allowed'],
      ['#/steps/0/seconds', 'invalid_recipe'],
      ['#/retries', 'invalid_recipe'],
    ]);
  });

  it('with more than 100 faults lists 100, including the most serious', () => {
    const unknownKeys = steps(50, { ...aLog(), a: 1, b: 2, c: 3 });

    const { code, faults } = refusalOf({ steps: [...unknownKeys, { type: 'shell' }] });

    expect(code).toBe('recipe_too_large');
    expect(faults).toHaveLength(100);
    expect(faults.slice(0, 2).map(({ pointer }) => pointer)).toEqual(['#/steps', '#/steps/50/type']);
  });

  it('with more than 100 faults says that there are more', () => {
    const { detail } = refusalOf({ steps: steps(200, {}) });

    expect(detail).toBe(
      'The recipe has 200 steps; trim it to at most 50. There are more faults than the 100 listed; the rest show once these are mended.',
    );
  });

  it('has faults that point into the request body, with escaped keys', () => {
    const recipe = { steps: [{ ...aLog(), 'a/b~c%d e': 1 }] };

    expect(refusalOf(recipe, ['recipe']).faults[0]?.pointer).toBe('#/recipe/steps/0/a~1b~0c%25d%20e');
  });

  it('has a pointer even for a key that is half of a surrogate pair', () => {
    expect(faultOf({ ...aLog(), '\ud800': 1 })[0]?.pointer).toBe('#/steps/0/%EF%BF%BD');
  });

  it('may have 64 KB as JSON, and not a byte more', () => {
    const sized = (bytes: number) => {
      const payload = (size: number) => aWebhookStep({ payload: { fill: 'x'.repeat(size) } });
      const base = { steps: [payload(20_000), payload(20_000), payload(20_000), payload(0)] };
      base.steps[3] = payload(bytes - Buffer.byteLength(JSON.stringify(base)));
      return base;
    };

    expect(() => parseRecipe(sized(65_536))).not.toThrow();
    expect(refusalOf(sized(65_537))).toMatchObject({
      code: 'invalid_recipe',
      faults: [{ pointer: '#', detail: 'The recipe is 65537 bytes as JSON; at most 65536 are allowed.' }],
    });
  });

  it('is either accepted or refused with a product error, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.jsonValue()), (value, some) => {
        for (const recipe of [value, { steps: value }, { steps: some }]) {
          expect(outcomeOf(recipe)).toMatch(/^(accepted|refused)$/);
        }
      }),
    );
  });
});

describe('a log step', () => {
  const range = 'Must be 1 to 4000 bytes of UTF-8.';

  it.each([
    ['one byte', 'x'],
    ['4,000 bytes', 'x'.repeat(4000)],
    ['1,000 characters of 4 bytes', '🌱'.repeat(1000)],
    ['2,000 characters of 2 bytes', 'é'.repeat(2000)],
  ])('takes a message of %s', (_what, message) => {
    expect(() => parseRecipe({ steps: [{ type: 'log', message }] })).not.toThrow();
  });

  it.each([
    ['no message', undefined, 'Required: a string.'],
    ['an empty message', '', range],
    ['a message of 4,001 bytes', 'x'.repeat(4001), range],
    ['1,001 characters of 4 bytes', '🌱'.repeat(1001), range],
    ['2,001 characters of 2 bytes', 'é'.repeat(2001), range],
    ['a number', 5, 'Must be a string.'],
  ])('refuses %s', (_what, message, detail) => {
    expect(faultOf({ type: 'log', message })).toEqual([
      { pointer: '#/steps/0/message', code: 'invalid_recipe', detail },
    ]);
  });
});

describe('a delay step', () => {
  it.each([1, 2, 30])('waits %d seconds', (seconds) => {
    expect(() => parseRecipe({ steps: [{ type: 'delay', seconds }] })).not.toThrow();
  });

  it.each([
    [undefined, 'Must be a whole number from 1 to 30.'],
    [0, 'Must be a whole number from 1 to 30.'],
    [-1, 'Must be a whole number from 1 to 30.'],
    [31, 'Must be a whole number from 1 to 30.'],
    [1.5, 'Must be a whole number from 1 to 30.'],
    [1e21, 'Must be a whole number from 1 to 30.'],
    ['2', 'Must be a whole number from 1 to 30.'],
    [null, 'Must be a whole number from 1 to 30.'],
  ])('refuses %j seconds', (seconds, detail) => {
    expect(faultOf({ type: 'delay', seconds })).toEqual([
      { pointer: '#/steps/0/seconds', code: 'invalid_recipe', detail },
    ]);
  });
});

describe('a webhook step', () => {
  const form = 'Must be parts of letters, digits and _ joined by dots, such as campaign.kickoff.';

  it.each(['a', 'campaign.kickoff', 'A_1.b_2.c', `${'x'.repeat(126)}.y`])('fires %s', (event) => {
    expect(() => parseRecipe({ steps: [{ type: 'fire_webhook_event', event }] })).not.toThrow();
  });

  it.each([
    [undefined, 'Required: a string.'],
    ['', form],
    ['.', form],
    ['a.', form],
    ['.a', form],
    ['a..b', form],
    ['campaign kickoff', form],
    ['campaign-kickoff', form],
    ['campaign.*', form],
    ['größe', form],
    ['a\n', form],
    ['x'.repeat(129), 'Must have at most 128 characters.'],
    [7, 'Must be a string.'],
  ])('refuses the event %j', (event, detail) => {
    expect(faultOf({ type: 'fire_webhook_event', event })).toEqual([
      { pointer: '#/steps/0/event', code: 'invalid_recipe', detail },
    ]);
  });

  it('accepts an event of 128 characters', () => {
    expect(() => parseRecipe({ steps: [aWebhookStep({ event: 'x'.repeat(128) })] })).not.toThrow();
  });

  it.each([[[]], ['text'], [5], [null]])('refuses %j as payload', (payload) => {
    expect(faultOf({ type: 'fire_webhook_event', event: 'a', payload })).toEqual([
      { pointer: '#/steps/0/payload', code: 'invalid_recipe', detail: 'Must be an object.' },
    ]);
  });

  it('accepts a payload of 20 KB as JSON, and not a byte more', () => {
    const withBytes = (bytes: number) => ({ steps: [aWebhookStep({ payload: { a: 'x'.repeat(bytes - 8) } })] });

    expect(() => parseRecipe(withBytes(20_480))).not.toThrow();
    expect(refusalOf(withBytes(20_481)).faults).toEqual([
      { pointer: '#/steps/0/payload', code: 'invalid_recipe', detail: 'Must be at most 20480 bytes as JSON.' },
    ]);
  });

  it('counts the bytes of a payload, not its characters', () => {
    expect(faultOf(aWebhookStep({ payload: { a: 'é'.repeat(10_300) } }))).toHaveLength(1);
  });

  it('accepts a payload of 20 levels, and not one more', () => {
    const withLevels = (levels: number) => ({ steps: [aWebhookStep({ payload: nested(levels) as never })] });

    expect(() => parseRecipe(withLevels(20))).not.toThrow();
    expect(refusalOf(withLevels(21)).faults).toEqual([
      { pointer: '#/steps/0/payload', code: 'invalid_recipe', detail: 'Must nest at most 20 levels.' },
    ]);
  });

  it('keeps a payload key named __proto__ as an ordinary key', () => {
    const payload = JSON.parse('{"__proto__": {"a": 1}}') as never;

    const [step] = parseRecipe({ steps: [aWebhookStep({ payload })] }).steps;

    expect(JSON.stringify(step)).toContain('"payload":{"__proto__":{"a":1}}');
  });
});

describe('the summary of a recipe', () => {
  it('adds up delays and names each event once, in order', () => {
    const recipe = aRecipe({
      steps: [
        aDelay(30),
        aWebhookStep({ event: 'b' }),
        aDelay(2),
        aWebhookStep({ event: 'a' }),
        aWebhookStep({ event: 'b' }),
      ],
    });

    expect(summariseRecipe(recipe)).toEqual({ stepsTotal: 5, totalDelaySeconds: 32, events: ['b', 'a'] });
  });

  it('of an invalid recipe counts all steps, and the delays of the valid ones', () => {
    const recipe = { steps: [...steps(51), aDelay(3), { type: 'delay', seconds: 99 }, { type: 'shell' }] };

    expect(summariseRecipe(recipe)).toEqual({ stepsTotal: 54, totalDelaySeconds: 3, events: [] });
  });

  it.each([[undefined], [null], ['x'], [{}], [{ steps: 'x' }]])('of %j is empty', (recipe) => {
    expect(summariseRecipe(recipe)).toEqual({ stepsTotal: 0, totalDelaySeconds: 0, events: [] });
  });
});

function outcomeOf(recipe: unknown): string {
  try {
    parseRecipe(recipe);
    return 'accepted';
  } catch (error) {
    return error instanceof ProductError ? 'refused' : String(error);
  }
}

describe('a placeholder with "| json"', () => {
  it('is accepted as the whole of a text in a payload', () => {
    const step = aWebhookStep({ payload: { n: '{{input.n | json}}', deep: [{ n: '{{ input.n|json }}' }] } });

    expect(parseRecipe({ steps: [step] }).steps).toEqual([step]);
  });

  it.each([
    ['with text before it', { a: 'n: {{input.n | json}}' }, '#/steps/0/payload/a'],
    ['with a blank after it', { a: [0, { 'b/c': '{{input.n | json}} ' }] }, '#/steps/0/payload/a/1/b~1c'],
    ['twice in one text', { a: '{{input.n | json}}{{input.n | json}}' }, '#/steps/0/payload/a'],
    ['beside one without', { a: '{{input.n}}{{input.n | json}}' }, '#/steps/0/payload/a'],
  ])('is refused %s, with its place', (_what, payload, pointer) => {
    expect(faultOf(aWebhookStep({ payload }))).toEqual([
      {
        pointer,
        code: 'invalid_recipe',
        detail: 'A placeholder with "| json" must be the whole text; leave the rest out, or "| json".',
      },
    ]);
  });

  it('is refused in a message, which is text', () => {
    expect(faultOf(aLog('{{input.n | json}}'))).toMatchObject([
      { pointer: '#/steps/0/message', detail: 'A message is text: write {{input.…}} without "| json".' },
    ]);
  });

  it.each(['{{input.n | JSON}}', '{{input.n json}}', '{{n | json}}', '{input.n | json}', '{{input.n | json'])(
    'is nothing else: %s is text as before',
    (text) => {
      expect(
        parseRecipe({ steps: [aLog(`a ${text}`), aWebhookStep({ payload: { a: `a ${text}` } })] }).steps,
      ).toHaveLength(2);
    },
  );
});
