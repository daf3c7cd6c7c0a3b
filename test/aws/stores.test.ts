import { endpointStore } from '../../functions/aws/endpoint/endpoints';
import { tenantStore } from '../../functions/aws/tenant/tenants';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import { newSigningSecret } from '../../functions/domain/endpoint/signature';
import { anEndpoint, noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { tenantWithWorkflow } from '../support/table';

let table: Table;
beforeAll(async () => (table = await startTable()));
afterAll(() => table.stop());

test('a method of a store works when it is passed on without the store', async () => {
  const tenantId = await tenantWithWorkflow(table);
  const endpoint = anEndpoint();
  const method = (store: object, name: string): any => Reflect.get(store, name);
  const setMarks = method(workflowStore(table), 'setMarks');
  const create = method(endpointStore(table), 'create');
  const exists = method(endpointStore(table), 'exists');
  const list = method(tenantStore(table), 'list');
  const kept = { secret: newSigningSecret(), keyHash: undefined };

  expect(await setMarks(tenantId, 1, { active: false }, noon.toISOString())).toMatchObject({ active: false });
  expect(await create(tenantId, endpoint, kept, noon)).toBe(true);
  // The second call finds its own row, as it does when the SDK retries the request.
  expect(await create(tenantId, endpoint, kept, noon)).toBe(true);
  expect(await exists(tenantId, endpoint.id)).toBe(true);
  expect(await list()).toMatchObject([{ id: tenantId }]);
});
