import { limitStore } from '../../../functions/aws/tenant/limits';
import { tenantStore } from '../../../functions/aws/tenant/tenants';
import { tenantKey } from '../../../functions/aws/keys';
import { limitNames } from '../../../functions/domain/tenant/limits';
import { allOrders, interleaved } from '../../support/interleaved';
import { overwrite, tenantRow } from '../../support/table';
import { startLocalOperator, type LocalOperator } from '../operator';

let operator: LocalOperator;
beforeAll(async () => (operator = await startLocalOperator()));
afterAll(() => operator.stop());

const limitsOf = async (id: string) => (await operator.json('tenants', 'show', id)).limits;

test('a limit of one tenant is changed and restored, each time with an audit row', async () => {
  const id = await operator.createTenant();

  const raised = await operator.run('limits', 'set', id, 'webhook_endpoints', '60');
  expect(raised.out).toBe(`The limit webhook_endpoints of ${id} is 60 (was 50).\n`);
  expect(await limitsOf(id)).toMatchObject({ webhook_endpoints: 60 });
  expect((await operator.run('tenants', 'show', id)).out).toMatch(/^limits of its own +webhook_endpoints 60$/m);
  expect(await operator.json('limits', 'set', id, 'webhook_endpoints', '5')).toMatchObject({ limit: 5, default: 50 });
  expect(await operator.json('limits', 'set', id, 'webhook_endpoints', 'default')).toMatchObject({ limit: 50 });

  expect(await limitsOf(id)).toMatchObject({ webhook_endpoints: 50 });
  expect(await operator.audit(id)).toMatchObject([
    { action: 'tenant.limit_changed', detail: { name: 'webhook_endpoints', from: 50, to: 60 } },
    { action: 'tenant.limit_changed', detail: { name: 'webhook_endpoints', from: 60, to: 5 } },
    { action: 'tenant.limit_changed', detail: { name: 'webhook_endpoints', from: 5, to: 50 } },
  ]);
});

test('the default can be restored for a tenant that never had another limit', async () => {
  const id = await operator.createTenant();

  const { code, out } = await operator.run('limits', 'set', id, 'webhook_endpoints', 'default');

  expect({ code, out }).toEqual({ code: 0, out: `The limit webhook_endpoints of ${id} is 50 (was 50).\n` });
});

test('the list names every limit with its default and what it bounds', async () => {
  const id = await operator.createTenant();
  await operator.run('limits', 'set', id, 'webhook_endpoints', '60');

  const { data } = await operator.json('limits', 'list', id);

  expect(data.map(({ name }: any) => name)).toEqual(limitNames);
  expect(data[0]).toMatchObject({ name: 'webhook_endpoints', limit: 60, default: 50, min: 1, max: 100 });
  expect((await operator.run('limits', 'list', id)).out).toMatch(
    /^webhook_endpoints +60 +50 +1 to 100 +webhook endpoints of one tenant$/m,
  );
});

test('a number outside the allowed range is refused and changes nothing', async () => {
  const id = await operator.createTenant();

  expect(await operator.run('limits', 'set', id, 'webhook_endpoints', '0')).toEqual({
    code: 1,
    out: '',
    err: 'webhook_endpoints can be set to 1 to 100 endpoints, not to 0.\n',
  });
  expect(await limitsOf(id)).toMatchObject({ webhook_endpoints: 50 });
  expect(await operator.audit(id)).toEqual([]);
});

test('a limit of a newer release that this one does not know is ignored', async () => {
  const id = await operator.createTenant();
  await overwrite(operator.database, tenantKey(id), { limits: { of_tomorrow: 7 } });

  expect(await operator.json('limits', 'set', id, 'webhook_endpoints', '60')).toMatchObject({ limit: 60 });
  expect((await tenantRow(operator.database, id))['limits']).toEqual({ of_tomorrow: 7, webhook_endpoints: 60 });
});

test('operators who change two limits of one tenant at the same time do not undo each other', async () => {
  const other: any = 'of_tomorrow';

  for (const turns of allOrders([3, 3])) {
    const id = await operator.createTenant();
    const results = await interleaved(
      operator.database,
      [
        (database) => limitStore(database).set(id, 'webhook_endpoints', 60),
        (database) => limitStore(database).set(id, other, 7),
      ],
      turns,
      async () => undefined,
    );
    expect(results).toEqual([true, true]);
    const stored = await tenantStore(operator.database).get(id);
    expect(stored?.limits).toEqual({ webhook_endpoints: 60, of_tomorrow: 7 });
  }
});
