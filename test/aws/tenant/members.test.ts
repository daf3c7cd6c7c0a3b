import { memberKey, userKey } from '../../../functions/aws/keys';
import { memberStore } from '../../../functions/aws/tenant/members';
import { noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';
import { interleaved, allOrders } from '../../support/interleaved';
import { breaking, interceptDatabase, repeating } from '../../support/requests';
import { putRow, rowAt } from '../../support/table';

let table: Table;
beforeAll(async () => (table = await startTable()));
afterAll(() => table.stop());

const member = (tenant_id: string, email: string) => ({
  tenant_id,
  email,
  permissions: ['viewer' as const],
  created_at: noon.toISOString(),
});

test('a person who is a member of more than 100 tenants is found in each of them', async () => {
  const members = memberStore(table);
  const email = 'auditor@group.example';
  for (let n = 1; n <= 101; n += 1) await members.add(member(`subsidiary-${n}`, email));

  expect(await members.find(email)).toHaveLength(101);
});

describe('a person who is added and removed concurrently', () => {
  const email = 'ada@acme.example';
  let tenants = 0;

  /** A person can sign in without naming a tenant exactly if they are a member of one. */
  async function expectFoundIfMember(tenantId: string, turns: readonly number[]): Promise<void> {
    const members = memberStore(table);
    const isMember = (await members.get(tenantId, email)) !== undefined;
    const isFound = (await members.find(email)).some(({ tenant_id }) => tenant_id === tenantId);
    expect({ turns, isFound }).toEqual({ turns, isFound: isMember });
  }

  async function inEveryOrder(isMember: boolean, judge: (added: unknown, removed: unknown) => boolean): Promise<void> {
    for (const turns of allOrders([3, 3])) {
      const tenantId = `tenant-${(tenants += 1)}`;
      const members = memberStore(table);
      if (isMember) await members.add(member(tenantId, email));

      // The state after each write is also the state that a process leaves if it crashes there.
      const [added, removed] = await interleaved(
        table,
        [
          (database) => memberStore(database).add(member(tenantId, email)),
          (database) => memberStore(database).remove(tenantId, email),
        ],
        turns,
        () => expectFoundIfMember(tenantId, turns),
      );

      const isMemberNow = (await members.get(tenantId, email)) !== undefined;
      expect({ turns, added, removed, isMemberNow }).toMatchObject({ isMemberNow: judge(added, removed) });
      await members.remove(tenantId, email);
    }
  }

  it('and was a member before is one exactly if both calls succeeded, and can then sign in without naming the tenant', () =>
    inEveryOrder(true, (added, removed) => removed === true && added === true));

  it('and was not a member before is one exactly if only the addition succeeded, and can then sign in too', () =>
    inEveryOrder(false, (added, removed) => added === true && removed === false));
});

describe('an account that signs in first', () => {
  const email = 'ada@acme.example';
  const account = { iss: 'https://id.example', sub: '1' };
  const isBinding = ({ input }: { input: any }) => String(input.UpdateExpression).includes('#account = :account');

  it('is bound by its request, even if the SDK retried the write, and was bound for a concurrent request', async () => {
    await memberStore(table).add(member('tenant-bound', email));

    expect(await memberStore(repeating(table, isBinding)).bind('tenant-bound', email, account)).toBe('bound');
    expect(await memberStore(table).bind('tenant-bound', email, account)).toBe('was_bound');
    expect(await memberStore(table).bind('tenant-bound', email, { ...account, sub: '2' })).toBe('taken');
  });

  it('is bound by one request only, even if an earlier release bound it', async () => {
    const old = { ...member('tenant-old-binding', email), account };
    await putRow(table, { ...memberKey(old.tenant_id, email), ...old });

    expect(await memberStore(table).bind(old.tenant_id, email, account)).toBe('was_bound');
  });

  it('is not bound to a person who is no member', async () => {
    expect(await memberStore(table).bind('tenant-unknown', email, account)).toBe('taken');
  });
});

describe('a member’s row and the pointer to it', () => {
  it('are deleted even if the pointer cannot be deleted at first, because the person is no member any more', async () => {
    const isPointerDelete = ({ constructor: { name }, input }: { constructor: { name: string }; input: any }) =>
      name === 'DeleteCommand' && String(input.Key.pk).startsWith('USER#');
    await memberStore(table).add(member('tenant-pointer', 'eve@acme.example'));
    const { database, state } = breaking(table, 'lost request', isPointerDelete);

    expect(await memberStore(database).remove('tenant-pointer', 'eve@acme.example')).toBe(true);

    expect(state.broken).toBe(true);
    expect(await memberStore(table).get('tenant-pointer', 'eve@acme.example')).toBeUndefined();
    expect(await memberStore(table).find('eve@acme.example')).toEqual([]);
  });

  it('are both deleted by a removal, even if an earlier release wrote them', async () => {
    const members = memberStore(table);
    await members.add(member('tenant-new', 'new@acme.example'));
    await putRow(table, { ...userKey('old@acme.example', 'tenant-old'), tenant_id: 'tenant-old' });
    const old = member('tenant-old', 'old@acme.example');
    await putRow(table, { ...memberKey(old.tenant_id, old.email), ...old });

    expect(await members.remove('tenant-new', 'new@acme.example')).toBe(true);
    expect(await members.remove('tenant-old', 'old@acme.example')).toBe(true);

    for (const [tenantId, address] of [
      ['tenant-new', 'new@acme.example'],
      ['tenant-old', 'old@acme.example'],
    ] as const) {
      expect(await rowAt(table, memberKey(tenantId, address))).toBeUndefined();
      expect(await rowAt(table, userKey(address, tenantId))).toBeUndefined();
    }
  });

  it('are both deleted by a removal, even after a second addition was refused', async () => {
    const members = memberStore(table);
    await members.add(member('tenant-twice', 'eve@acme.example'));

    expect(await members.add(member('tenant-twice', 'eve@acme.example'))).toBe(false);
    expect(await members.remove('tenant-twice', 'eve@acme.example')).toBe(true);

    expect(await rowAt(table, userKey('eve@acme.example', 'tenant-twice'))).toBeUndefined();
    expect(await members.remove('tenant-twice', 'eve@acme.example')).toBe(false);
  });

  it('are written and deleted successfully, even if the SDK retries each request', async () => {
    const twice = interceptDatabase(table, async (_command, send) => {
      await send();
      return send();
    });

    expect(await memberStore(twice).add(member('tenant-sdk', 'sdk@acme.example'))).toBe(true);
    expect(await memberStore(twice).remove('tenant-sdk', 'sdk@acme.example')).toBe(true);

    expect(await rowAt(table, memberKey('tenant-sdk', 'sdk@acme.example'))).toBeUndefined();
    expect(await rowAt(table, userKey('sdk@acme.example', 'tenant-sdk'))).toBeUndefined();
  });
});
