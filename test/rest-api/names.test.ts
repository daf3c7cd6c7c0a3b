import { workflowKey } from '../../functions/aws/keys';
import { aRecipe, aWorkflow } from '../support/builders';
import { putRow } from '../support/table';
import { startRest, type Rest } from '../support/rest';

jest.setTimeout(60_000);

let rest: Rest;
let tenantId: string;
let token: string;
let member: string;
let endpoint: string;

beforeAll(async () => {
  rest = await startRest();
  ({ id: tenantId, token } = await rest.aTenant());
  member = rest.aMember(tenantId);
  endpoint = (await write('POST', '/api/v1/webhook-endpoints', { description: 'First' })).body.id;
  await write('POST', '/api/v1/workflows', { name: 'First' });
});
afterAll(() => rest.stop());

let hosts = 0;
const required: Readonly<Record<string, () => object>> = {
  'POST /api/v1/workflows': () => ({ name: 'Any', recipe: aRecipe() }),
  'PUT /api/v1/workflows/1': () => ({ name: 'Any', recipe: aRecipe() }),
  'POST /api/v1/webhook-endpoints': () => ({ url: `https://host-${(hosts += 1)}.example.com/`, events: ['*'] }),
  'POST /api/v1/tokens': () => ({ scopes: ['workflows:read'] }),
};

function write(method: string, path: string, body: object) {
  const whole = { ...required[`${method} ${path}`]?.(), ...body };
  return rest.call(method, path, { token: path.endsWith('tokens') ? member : token, body: whole });
}

const namePlaces = [
  ['POST', '/api/v1/workflows'],
  ['PUT', '/api/v1/workflows/1'],
  ['POST', '/api/v1/tokens'],
] as const;
const descriptionPlaces = [
  ['POST', '/api/v1/workflows'],
  ['PUT', '/api/v1/workflows/1'],
  ['POST', '/api/v1/webhook-endpoints'],
  ['PATCH', '/api/v1/webhook-endpoints/{id}'],
] as const;
const places = [
  ...namePlaces.map(([method, path]) => [method, path, 'name'] as const),
  ...descriptionPlaces.map(([method, path]) => [method, path, 'description'] as const),
];
const at = (path: string) => path.replace('{id}', endpoint);

const blank = ['', '   ', '\u200b', '\ufeff', '\u2060\u00ad', '\u00a0\u3000', '\n', '\u200d\ufe0f', '\u3164', '\u2800'];
const controls = ['a\u0000b', 'a\u0007', 'a\u001b[2J', 'a\u007f', '\u0085a', 'a\u009bb'];
const directions = ['a\u202eb', '\u200fa', 'a\u200e', '\u2066a\u2069', 'a\u061cb', 'a\u202ab\u202c'];

describe.each(places)('%s %s', (method, path, field) => {
  test.each([...controls, ...directions])(`refuses the ${field} %j, and says what to do`, async (text) => {
    const refused = await write(method, at(path), { [field]: text });

    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: 'invalid_request',
        errors: [
          {
            pointer: `#/${field}`,
            code: 'forbidden_character',
            detail: expect.stringMatching(/control or direction characters.*; remove them\.$/),
          },
        ],
      },
    });
  });

  test(`keeps the ${field} without the white space around it, which does not count as its length`, async () => {
    const longest = 'x'.repeat(field === 'name' ? 120 : 500);

    const { status, body } = await write(method, at(path), { [field]: `\ufeff \t\u200b${longest}\u00a0\n` });

    expect([status < 300, body[field]]).toEqual([true, longest]);
  });

  test.each(['👨‍👩‍👧 team', 'می‌خواهم', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️', 'Zu\u00adcker\u200bbrot', 'e\u0301'])(
    `keeps the joiners and marks of the ${field} %s`,
    async (text) => {
      expect((await write(method, at(path), { [field]: text })).body[field]).toBe(text);
    },
  );
});

describe.each(namePlaces)('%s %s', (method, path) => {
  test.each(blank)('refuses the name %j, in which nothing can be seen', async (name) => {
    expect(await write(method, path, { name })).toMatchObject({
      status: 422,
      body: {
        errors: [{ pointer: '#/name', code: 'blank', detail: 'Must have at least 1 character that can be seen.' }],
      },
    });
  });

  test.each(['two\nlines', 'a\tb', 'a\u2028b', 'a\u2029b', 'a\rb'])(
    'refuses the name %j, a name has one line',
    async (name) => {
      expect(await write(method, path, { name })).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '#/name', code: 'forbidden_character' }] },
      });
    },
  );
});

describe.each(descriptionPlaces)('%s %s', (method, path) => {
  test.each(blank)('takes the description %j for none', async (description) => {
    const { status, body } = await write(method, at(path), { description });

    expect([status < 300, body.description]).toEqual([true, null]);
  });

  test('keeps the lines of a description', async () => {
    const description = 'Two lines:\r\n\tone,\n\u2028two.';

    expect((await write(method, at(path), { description })).body.description).toBe(description);
  });
});

test('a workflow whose name is older than the rule is read, listed, run and deactivated as before', async () => {
  const { id, token: own } = await rest.aTenant();
  const name = ' \u202eold\u0000 ';
  await rest.aWorkflow(id);
  await putRow(rest.table, { ...workflowKey(id, 1), ...aWorkflow({ id: 1, name, description: '\u0007' }) });
  const call = (method: string, path: string, body?: object) =>
    rest.call(method, path, { token: own, ...(body && { body }) });

  const seen = [
    (await call('GET', '/api/v1/workflows/1')).body.name,
    (await call('GET', '/api/v1/workflows')).body.data[0].name,
    (await call('POST', '/api/v1/workflows/1/runs')).body.workflow_name,
    (await call('PATCH', '/api/v1/workflows/1', { active: false })).body.name,
  ];

  expect(seen).toEqual([name, name, name, name]);
});

test('openapi.json says of each name what the server refuses', async () => {
  const document: any = rest.document;
  const schemaOf = (path: string) => {
    const { schema } = document.paths[path].post.requestBody.content['application/json'];
    const { $ref } = schema;
    return $ref === undefined ? schema : document.components.schemas[$ref.split('/').at(-1)];
  };

  for (const path of ['/api/v1/workflows', '/api/v1/tokens']) {
    const { minLength, maxLength, pattern } = schemaOf(path).properties.name;
    const refused = [...blank, ...controls, ...directions].filter((text) =>
      [new RegExp(pattern), new RegExp(pattern, 'u')].every((expression) => !expression.test(text)),
    );

    expect([minLength, maxLength]).toEqual([1, 120]);
    expect(refused).toEqual([...blank, ...controls, ...directions]);
  }
});
