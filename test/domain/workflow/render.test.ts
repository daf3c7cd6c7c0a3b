import { renderPayload, renderText } from '../../../functions/domain/workflow/render';

const input = {
  name: 'Spring Promo',
  empty: '',
  n: 7,
  zero: 0,
  yes: true,
  no: false,
  nothing: null,
  who: { first: 'Ada', 'last name': 'Lovelace', '0': 'zeroth' },
  list: ['a', { b: 'c' }, []],
  '': { '': 'empty keys' },
};

describe('a message', () => {
  it.each([
    ['{{input.name}}', 'Spring Promo'],
    ['{{ input.name }}', 'Spring Promo'],
    ['{{\tinput.name\n}}', 'Spring Promo'],
    ['Hello {{input.who.first}}, {{input.name}}!', 'Hello Ada, Spring Promo!'],
    ['{{input.who.last name}}', 'Lovelace'],
    ['{{input.name}}{{input.name}}', 'Spring PromoSpring Promo'],
    ['{{{input.name}}}', '{Spring Promo}'],
    ['[{{input.empty}}]', '[]'],
  ])('inserts strings from the input unchanged: %s', (text, expected) => {
    expect(renderText(text, input)).toEqual({ value: expected, missing: [] });
  });

  it.each([
    ['{{input.n}}', '7'],
    ['{{input.zero}}', '0'],
    ['{{input.yes}}', 'true'],
    ['{{input.no}}', 'false'],
    ['{{input.nothing}}', 'null'],
    ['{{input.list}}', '["a",{"b":"c"},[]]'],
    ['{{input.list.1}}', '{"b":"c"}'],
    ['{{input.list.1.b}}', 'c'],
    ['{{input.list.2}}', '[]'],
    ['{{input.who.0}}', 'zeroth'],
  ])('inserts any other value as JSON: %s', (text, expected) => {
    expect(renderText(text, input)).toEqual({ value: expected, missing: [] });
  });

  it.each([
    'nobody',
    'who.second',
    'name.length',
    'name.0',
    'list.length',
    'list.3',
    'list.-1',
    'list.00',
    'list.1.5',
    'list. 0',
    'n.toString',
    'constructor',
    'who.constructor.name',
    '__proto__',
    'who.__proto__.toString',
    'toString',
    'who..first',
    'nothing.at all',
  ])('leaves {{input.%s}} unchanged and reports it as missing', (path) => {
    expect(renderText(`a {{input.${path}}} b`, input)).toEqual({ value: `a {{input.${path}}} b`, missing: [path] });
  });

  it('lists each missing path once', () => {
    expect(renderText('{{input.a}} {{ input.a }} {{input.b}}', input).missing).toEqual(['a', 'b']);
  });

  it.each(['{{name}}', '{{input}}', '{{ inputs.name }}', '{input.name}', '{{input.name}', '{{input.{name}}}', '{{}}'])(
    'has no other syntax: %s stays unchanged',
    (text) => {
      expect(renderText(text, input)).toEqual({ value: text, missing: [] });
    },
  );

  it.each([
    ["{{'{{'}}", '{{'],
    ['{{"{{"}}', '{{'],
    ["{{ '{{'\n}}", '{{'],
    ["{{'{{'}}input.name}}", '{{input.name}}'],
    ["{{'{{'}} {{input.name}} }}", '{{ Spring Promo }}'],
    ["{{'{{'}}{{'{{'}}input.name}}}}", '{{{{input.name}}}}'],
    ["{{{'{{'}}input.name}}", '{{{input.name}}'],
  ])('writes two braces that begin no placeholder as %s', (text, expected) => {
    expect(renderText(text, input)).toEqual({ value: expected, missing: [] });
  });

  it.each(["{{'{'}}", '{{\'{{"}}', "{{'{{}}", "{{'}}'}}", "{{ '{{' | json }}", "{{'{{' '{{'}}", "\\{{'x'}}"])(
    'has no other texts in quotes: %s stays unchanged',
    (text) => {
      expect(renderText(text, input)).toEqual({ value: text, missing: [] });
    },
  );

  it('never treats a value from the input as a template or a replacement pattern', () => {
    const tricky = { a: '{{input.b}} $& $1 $$', b: 'secret' };

    expect(renderText('<{{input.a}}>', tricky)).toEqual({ value: '<{{input.b}} $& $1 $$>', missing: [] });
  });

  it('finds an own key of the input that is named __proto__', () => {
    const own = JSON.parse('{"__proto__": {"a": "own"}}') as never;

    expect(renderText('{{input.__proto__.a}}', own).value).toBe('own');
  });
});

describe('a payload', () => {
  it('is rendered in every string value at any depth, and not in keys', () => {
    const payload = {
      text: 'For {{input.name}}',
      deep: [{ list: ['{{input.n}}', 5, null, true] }],
      '{{input.name}}': 'keys stay',
    };

    expect(renderPayload(payload, input)).toEqual({
      value: {
        text: 'For Spring Promo',
        deep: [{ list: ['7', 5, null, true] }],
        '{{input.name}}': 'keys stay',
      },
      missing: [],
    });
  });

  it.each([
    ['{{input.n | json}}', 7],
    ['{{ input.n|json }}', 7],
    ['{{input.n  |\tjson}}', 7],
    ['{{input.zero | json}}', 0],
    ['{{input.yes | json}}', true],
    ['{{input.nothing | json}}', null],
    ['{{input.name | json}}', 'Spring Promo'],
    ['{{input.list | json}}', ['a', { b: 'c' }, []]],
    ['{{input.list.1 | json}}', { b: 'c' }],
    ['{{input.who.last name | json}}', 'Lovelace'],
  ])('takes the value of the input with its type for a text that is %s', (text, value) => {
    expect(renderPayload({ a: [text] }, input)).toEqual({ value: { a: [value] }, missing: [] });
  });

  it('may hold two braces that begin no placeholder, also one that would keep its type', () => {
    const payload = { a: "{{'{{'}}input.n | json}}", b: ['{{"{{"}}input.n}} is {{input.n}}'], "{{'{{'}}": 1 };

    expect(renderPayload(payload, input)).toEqual({
      value: { a: '{{input.n | json}}', b: ['{{input.n}} is 7'], "{{'{{'}}": 1 },
      missing: [],
    });
  });

  it.each(['nobody', 'constructor', '__proto__', 'list.length', 'name.0'])(
    'keeps {{input.%s | json}} as it is written and reports it as missing',
    (path) => {
      const text = `{{input.${path} | json}}`;

      expect(renderPayload({ a: text, b: text }, input)).toEqual({ value: { a: text, b: text }, missing: [path] });
    },
  );

  it('never treats a value that keeps its type as a template', () => {
    const tricky = { a: ['{{input.b}}', '{{input.b | json}}'], b: 'secret' };

    expect(renderPayload({ x: '{{input.a | json}}' }, tricky).value).toEqual({ x: tricky.a });
  });

  it('lists each missing path once over all its strings', () => {
    expect(renderPayload({ a: '{{input.x}}', b: ['{{input.x}}{{input.y}}'] }, input).missing).toEqual(['x', 'y']);
  });

  it('keeps a key named __proto__', () => {
    const payload = JSON.parse('{"__proto__": "{{input.n}}"}') as never;

    expect(JSON.stringify(renderPayload(payload, input).value)).toBe('{"__proto__":"7"}');
  });

  it('and a message stop growing above every limit, so 20 KB never become a hundred megabytes', () => {
    const greedy = '{{input.a}}'.repeat(1800);
    const large = { a: 'x'.repeat(32_000) };

    const text = renderText(greedy, large).value;
    const payload = JSON.stringify(renderPayload({ a: greedy, b: [greedy] }, large).value);
    const typed = JSON.stringify(renderPayload({ a: Array(700).fill('{{input.a | json}}') }, large).value);

    for (const { length } of [text, payload, typed]) {
      expect(length).toBeGreaterThan(64 * 1024);
      expect(length).toBeLessThan(160 * 1024);
    }
  });
});
