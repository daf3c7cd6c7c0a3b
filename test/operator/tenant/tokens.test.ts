import { tokenStore } from '../../../functions/aws/tenant/tokens';
import { tokenKindOf } from '../../../functions/domain/tenant/token';
import { breakingEveryClient } from '../../support/requests';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

const create = (tenantId: string, ...args: string[]) =>
  operator.run('tokens', 'create', tenantId, '--name', 'CI', ...args);

test('a token is printed once, works for 90 days, and is audited without its text', async () => {
  const id = await operator.createTenant();

  const { out, err } = await create(id, '--kind', 'pat');
  const text = out.split('\n')[0]!;

  expect(err).toBe('');
  expect(tokenKindOf(text)).toBe('pat');
  expect(await tokenStore(operator.database).find(text)).toMatchObject({
    tenant_id: id,
    name: 'CI',
    scopes: ['workflows:read', 'workflows:run', 'webhooks:read', 'webhooks:write'],
    expires_at: expect.stringMatching(/^2027-02-20T12:00:00/),
  });
  const listed = await operator.run('tokens', 'list', id, '--json');
  const audit = await operator.audit(id);
  expect(audit).toMatchObject([{ action: 'token.created', target: expect.stringMatching(/^tok_/) }]);
  expect(JSON.stringify([listed, audit])).not.toContain(text);
});

test('with --json the token is part of the document', async () => {
  const id = await operator.createTenant();

  const view = await operator.json('tokens', 'create', id, '--kind', 'mcp', '--name', 'Claude', '--expires-days', '0');

  expect(view).toMatchObject({ kind: 'mcp', name: 'Claude', scopes: ['mcp'], expires_at: null, status: 'active' });
  expect(tokenKindOf(view.token)).toBe('mcp');
});

describe('a token whose audit row cannot be written', () => {
  let broken: jest.SpyInstance;
  beforeEach(() => {
    broken = breakingEveryClient(({ input }) => String(input.Item?.sk).startsWith('AUDIT#'));
  });
  afterEach(() => {
    broken.mockRestore();
  });

  const warning = /^The change was made \(token\.created, tok_\w{26}\), but its audit row could not be written: .+/;

  test('is printed once, and the command succeeds with a warning', async () => {
    const id = await operator.createTenant();

    const { code, out, err } = await create(id, '--kind', 'pat');

    expect(code).toBe(0);
    expect(err).toMatch(/^Warning: .+\n$/);
    expect(err.slice('Warning: '.length)).toMatch(warning);
    const printed = out.match(/^cwf_.+$/gm) ?? [];
    expect(printed).toHaveLength(1);
    expect(await tokenStore(operator.database).find(printed[0]!)).toMatchObject({ tenant_id: id });
    expect(err).not.toContain(printed[0]);
    expect(await operator.audit(id)).toEqual([]);
  });

  test('is part of the one document that --json prints, and the warning is another on stderr', async () => {
    const id = await operator.createTenant();

    const { code, out, err } = await create(id, '--kind', 'pat', '--json');

    expect(code).toBe(0);
    const { token } = JSON.parse(out);
    expect(await tokenStore(operator.database).find(token)).toMatchObject({ tenant_id: id });
    expect(JSON.parse(err)).toEqual({ warning: expect.stringMatching(warning) });
  });
});

test('a token has the scopes that were asked for', async () => {
  const id = await operator.createTenant();

  const view = await operator.json('tokens', 'create', id, '--kind', 'pat', '--name', 'x', '--scopes', 'workflows:write, webhooks:read'); // prettier-ignore

  expect(view.scopes).toEqual(['workflows:write', 'webhooks:read']);
});

test('a token for reading over MCP is one of the MCP server', async () => {
  const id = await operator.createTenant();

  const view = await operator.json('tokens', 'create', id, '--kind', 'mcp', '--name', 'x', '--scopes', 'mcp:read');

  expect([view.kind, view.scopes]).toEqual(['mcp', ['mcp:read']]);
  expect(view.token).toMatch(/^cwf_mcp_/);
});

test('a token to write workflows for a tenant without authoring is issued with a warning', async () => {
  const id = await operator.createTenant({ authoring: false });

  const { code, err } = await create(id, '--kind', 'pat', '--scopes', 'workflows:write');

  expect(code).toBe(0);
  expect(err).toBe(
    `Warning: Authoring of ${id} is off: the scope workflows:write is refused until you run \`authoring on ${id}\`.\n`,
  );
});

test.each([
  ['growth', 'pat', 'the REST API'],
  ['starter', 'mcp', 'workflows over MCP'],
] as const)(
  'on the %s plan a token of kind %s is issued with a warning, because the plan lacks %s',
  async (plan, kind, feature) => {
    const id = await operator.createTenant({ plan });

    const { code, err } = await create(id, '--kind', kind);

    expect(code).toBe(0);
    expect(err).toBe(
      `Warning: The ${plan} plan does not include ${feature}: calls with this token are refused with plan_required.\n`,
    );
  },
);

test.each([
  [['--kind', 'mcp', '--scopes', 'workflows:read'], /These scopes are not of this kind/],
  [['--kind', 'pat', '--scopes', 'mcp'], /These scopes are not of this kind/],
  [['--kind', 'pat', '--scopes', 'mcp,workflows:read'], /mcp and mcp:read stand alone/],
  [['--kind', 'mcp', '--scopes', 'mcp,mcp:read'], /mcp and mcp:read stand alone/],
  [['--kind', 'pat', '--scopes', 'mcp:read'], /These scopes are not of this kind/],
  [['--kind', 'pat', '--scopes', 'workflows:read,workflows:read'], /Name each scope once/],
  [['--kind', 'pat', '--scopes', 'workflows:all'], /"workflows:all" is not a scope\. Allowed: workflows:read, /],
  [['--kind', 'cookie'], /Allowed choices are pat, mcp/],
  [['--kind', 'pat', '--expires-days', '366'], /whole number from 0 to 365/],
  [[], /required option '--kind <kind>' not specified/],
])('options that no token can have are wrong usage: %j', async (args, sentence) => {
  const id = await operator.createTenant();

  const { code, out, err } = await create(id, ...args);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(sentence);
  expect((await operator.json('tokens', 'list', id)).data).toEqual([]);
});

test('a revoked token is listed as revoked; revoking it again changes nothing', async () => {
  const id = await operator.createTenant();
  const { id: tokenId } = await operator.json('tokens', 'create', id, '--kind', 'mcp', '--name', 'x');

  const first = await operator.run('tokens', 'revoke', id, tokenId);
  const second = await operator.run('tokens', 'revoke', id, tokenId);

  expect(first.out).toBe(`Token ${tokenId} of ${id} is revoked.\n`);
  expect(second).toMatchObject({ code: 0, out: `Token ${tokenId} of ${id} had already been revoked.\n` });
  expect((await operator.run('tokens', 'list', id)).out).toMatch(/ revoked /);
  expect((await operator.audit(id)).map(({ action }) => action)).toEqual(['token.created', 'token.revoked']);
});

test("another tenant's token is not found", async () => {
  const { id: tokenId } = await operator.json(
    'tokens',
    'create',
    await operator.createTenant(),
    '--kind',
    'mcp',
    '--name',
    'x',
  );

  const { code, err } = await operator.run('tokens', 'revoke', await operator.createTenant(), tokenId);

  expect(code).toBe(1);
  expect(err).toMatch(/^No such token\./);
});
