import type { JsonObject } from '../../../functions/domain/json';
import type { Recipe } from '../../../functions/domain/workflow/recipe';
import { warningsOf } from '../../../functions/domain/workflow/warnings';
import { aDelay, aLog, aWebhookStep } from '../../support/builders';

const inMessage = (message: string) => warningsOf({ steps: [aLog(message)] });
const inPayload = (payload: JsonObject) => warningsOf({ steps: [aDelay(1), aWebhookStep({ payload })] });

describe('a text is warned of', () => {
  it.each([
    ['{{campaign}}', '{{campaign}}', 'campaign'],
    ['{{inputs.campaign}}', '{{inputs.campaign}}', 'campaign'],
    ['{{Input.campaign}}', '{{Input.campaign}}', 'campaign'],
    ['{{INPUT.campaign.name}}', '{{INPUT.campaign.name}}', 'campaign.name'],
    ['{{ input . campaign }}', '{{ input . campaign }}', 'campaign'],
    ["{{input['campaign']}}", "{{input['campaign']}}", 'campaign'],
    ['{{input["list"][0]["id"]}}', '{{input["list"][0]["id"]}}', 'list.0.id'],
    ['{{\u200binput.campaign}}', '{{<U+200B>input.campaign}}', 'campaign'],
    ['{{\u202einput.a}}', '{{<U+202E>input.a}}', 'a'],
    ['{{ $json.campaign }}', '{{ $json.campaign }}', 'campaign'],
    ['{{ campaign | upper }}', '{{ campaign | upper }}', 'campaign'],
    ['{{{campaign}}}', '{{campaign}}', 'campaign'],
    ['{{inputfield}}', '{{inputfield}}', 'inputfield'],
  ])('with what was probably meant: %s', (text, found, meant) => {
    expect(inMessage(`For ${text}!`)).toEqual([
      {
        pointer: '#/steps/0/message',
        code: 'unknown_placeholder',
        detail: `${found} is never filled in: did you mean {{input.${meant}}}? If it is meant as it is, write {{'{{'}} for its {{.`,
      },
    ]);
  });

  it.each(['{{ input }}', '{{input.}}', '{{}}', '{{ }}', '{{input}}', '{{#if input.a}}', '{{input.{name}}', '{{a b}}'])(
    'without a guess where there is none: %s',
    (text) => {
      expect(inMessage(text)).toMatchObject([
        {
          detail: expect.stringContaining(`${text} is never filled in: only {{input.…}} is, with the name of a value.`),
        },
      ]);
    },
  );

  it.each([
    ['{{input.a', '{{input.a'],
    ['{{input.a}', '{{input.a}'],
    ['{{ a {{input.b}}', '{{ a '],
    ['{{input.a {{input.b}}', '{{input.a '],
    ['{{{{{{{{', '{{'],
  ])('if it has no end: %s', (text, found) => {
    expect(inMessage(text)).toMatchObject([
      { detail: expect.stringContaining(`${found} has no }} at its end, so it is never filled in.`) },
    ]);
  });

  it.each([
    ['{{input..a}}', 'a'],
    ['{{input.a.}}', 'a'],
    ['{{input.a .b}}', 'a.b'],
    ['{{input.list[0].id}}', 'list.0.id'],
    ["{{input.a['b']}}", 'a.b'],
    ['{{input.a | upper}}', 'a'],
    ['{{input.a | JSON}}', 'a'],
  ])('if only an unlikely name would fill it in: %s', (text, meant) => {
    expect(inMessage(text)).toMatchObject([
      {
        detail: `${text} is filled in only by a value with exactly this name, its spaces and signs included: did you mean {{input.${meant}}}?`,
      },
    ]);
  });

  it('once, however often it stands in one place', () => {
    expect(inMessage('{{a}} {{a}} {{b}} {{a}}').map(({ detail }) => detail.slice(0, 5))).toEqual(['{{a}}', '{{b}}']);
  });
});

describe('a text is not warned of', () => {
  it.each([
    'no braces',
    '{single} {input.a} }} }',
    '{{input.a}}',
    '{{ input.a.0.b }}',
    '{{\n\tinput.a\n}}',
    '{{input.first name}}',
    '{{input.می‌خواهم}}',
    '{{{input.a}}}',
    "{{'{{'}}input.a}}",
    '{{ "{{" }} and }}',
  ])('if it is filled in, or says itself that it is not: %s', (text) => {
    expect(inMessage(text)).toEqual([]);
  });

  it('if it keeps its type in a payload', () => {
    expect(inPayload({ a: '{{input.n | json}}', b: ['{{ input.n|json }}'] })).toEqual([]);
    expect(inPayload({ a: '{{input..n | json}}' })).toMatchObject([
      { detail: expect.stringContaining('did you mean {{input.n}}?') },
    ]);
  });
});

describe('a payload', () => {
  it('is looked through at any depth, with a pointer to each place', () => {
    const payload = { a: '{{x}}', deep: [{ 'b/c': ['{{input.ok}}', '{{y}}'] }], n: 5, nothing: null };

    expect(inPayload(payload).map(({ pointer }) => pointer)).toEqual([
      '#/steps/1/payload/a',
      '#/steps/1/payload/deep/0/b~1c/1',
    ]);
  });

  it('is warned of names that look as if they were filled in, and of no other braces in a name', () => {
    const payload = { '{{input.a}}': 1, '{{ Inputs.b }}': { '{{first_name}}': 2, '{{input': 3 } };

    expect(inPayload(payload).map(({ detail }) => detail)).toEqual([
      'The name "{{input.a}}" stays as it is: only the texts of a payload are filled in, not its names.',
      'The name "{{ Inputs.b }}" stays as it is: only the texts of a payload are filled in, not its names.',
      'The name "{{input" stays as it is: only the texts of a payload are filled in, not its names.',
    ]);
  });
});

describe('the warnings of a recipe', () => {
  it('are at most 100, in the order of its steps, with pointers into the body that holds it', () => {
    const steps = Array.from({ length: 50 }, (_, index) => aLog(`{{a${index}}} {{b}} {{c}}`));

    const warnings = warningsOf({ steps }, ['recipe']);

    expect(warnings).toHaveLength(100);
    expect(warnings[0]?.pointer).toBe('#/recipe/steps/0/message');
    expect(warnings[99]).toMatchObject({
      pointer: '#/recipe/steps/33/message',
      detail: expect.stringMatching(/^\{\{a33/),
    });
  });

  it('quote no more than the first characters, and no half of one', () => {
    const [warning] = inMessage(`{{${'x'.repeat(77)}🧨${'y'.repeat(3000)}}}`);

    expect(warning?.detail).toMatch(/^\{\{x{77}… is never/);
  });

  it('stay small where a hundred places have long pointers', () => {
    const leaves = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, '{{a}}']));
    const payload = Array.from({ length: 18 }).reduce((inner: JsonObject) => ({ ['é'.repeat(400)]: inner }), leaves);

    const warnings = inPayload(payload);

    expect(warnings.length).toBeGreaterThan(0);
    expect(JSON.stringify(warnings).length).toBeLessThan(128 * 1024);
  });

  it.each(['{{', '{{ ', '{{input.', '{{a}}', "{{'{{'}}", '{{input.a}}', '{{input.a | ', '{{ {{input.a}}', '}}', '{'])(
    'take time in proportion to the length of a text of %s',
    (unit) => {
      const ms = (bytes: number) => {
        const recipe = { steps: [aLog(unit.repeat(bytes / unit.length))] } as Recipe;
        const tries = Array.from({ length: 5 }, () => {
          const before = process.cpuUsage().user;
          warningsOf(recipe);
          return process.cpuUsage(undefined).user - before;
        });
        return Math.min(...tries) / 1000;
      };

      // A quadratic search would take seconds.
      expect(ms(1024 * 1024)).toBeLessThan(200);
    },
  );
});
