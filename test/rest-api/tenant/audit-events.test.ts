import { startPeople, type People } from './people';

let people: People;
beforeAll(async () => (people = await startPeople()));
afterAll(() => people.stop());

const events = (token: string, query = '') => people.call('GET', `/api/v1/audit-events${query}`, { token });

test('changes by members, by tokens and by the first sign-in are listed, newest first', async () => {
  const { id, token } = await people.aTenant();
  const { email } = await people.aMember(id);
  const member = await people.issuer.idToken(email);
  const workflow = await people.aWorkflow(id);

  await people.call('GET', '/api/v1/me', { token: member });
  people.clock.advance(1);
  await people.call('POST', '/api/v1/tokens', { token: member, body: { name: 'CI', kind: 'pat' } });
  people.clock.advance(1);
  const off = await people.call('PATCH', `/api/v1/workflows/${workflow.id}`, { token, body: { active: false } });

  const { status, body } = await events(member);
  expect(status).toBe(200);
  expect(body).toMatchObject({ has_more: false, next_cursor: null });
  expect(body.data).toMatchObject([
    {
      action: 'workflow.deactivated',
      target: `workflow ${workflow.id}`,
      actor: { channel: 'rest_api', name: 'CI token' },
    },
    { action: 'token.created', actor: { channel: 'dashboard', name: email } },
    { action: 'member.bound', target: `member ${email}`, actor: { channel: 'dashboard', name: email } },
  ]);
  expect(body.data[0].request_id).toBe(off.headers['x-request-id']);
  expect(Object.keys(body.data[0]).toSorted()).toEqual(['action', 'actor', 'at', 'id', 'request_id', 'target']);
});

test('pages have no gap and no event twice while new events are added', async () => {
  const { id, token } = await people.aTenant();
  const append = async (target: string) => {
    people.clock.advance(1);
    const at = people.clock.now().toISOString();
    const actor = { channel: 'operator' as const, name: 'Olga' };
    const row = { id: people.deps.newUlid(), at, actor, action: 'workflow.updated', target, request_id: 'r' } as const;
    await people.deps.audit.append(id, row);
  };
  for (let number = 1; number <= 5; number += 1) await append(`workflow ${number}`);

  const first = (await events(token, '?limit=2')).body;
  await append('workflow 6');
  const second = (await events(token, `?limit=2&cursor=${first.next_cursor}`)).body;
  const third = (await events(token, `?limit=2&cursor=${second.next_cursor}`)).body;

  const targets = [first, second, third].flatMap(({ data }) => data.map(({ target }: { target: string }) => target));
  expect(targets).toEqual([5, 4, 3, 2, 1].map((number) => `workflow ${number}`));
  expect(third).toMatchObject({ has_more: false, next_cursor: null });
});

test("another tenant's events and cursors cannot be used", async () => {
  const mine = await people.aTenant();
  const theirs = await people.aTenant();
  for (const target of ['workflow 1', 'workflow 2']) {
    const at = people.clock.now().toISOString();
    const actor = { channel: 'system' as const, name: 'test' };
    const row = { id: people.deps.newUlid(), at, actor, action: 'workflow.updated', target, request_id: 'r' } as const;
    await people.deps.audit.append(theirs.id, row);
  }

  const { next_cursor: cursor } = (await events(theirs.token, '?limit=1')).body;

  expect((await events(mine.token)).body.data).toEqual([]);
  expect((await events(mine.token, `?limit=1&cursor=${cursor}`)).body.errors[0].parameter).toBe('cursor');
});

test('an audit event cannot be changed or deleted', async () => {
  const { token } = await people.aTenant();

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    const refused = await people.call(method, '/api/v1/audit-events', { token });
    expect(refused.status).toBe(405);
    expect(refused.headers['allow']).toBe('GET, HEAD');
  }
});
