import { workflowKey } from '../../functions/aws/keys';
import { auditStore } from '../../functions/aws/tenant/audit';
import { tokenStore } from '../../functions/aws/tenant/tokens';
import { workflowStore } from '../../functions/aws/workflow/workflows';
import { connectTenants } from '../../local/seed/connect-tenants';
import type { Stores } from '../../local/seed/stores';
import { seedTenants } from '../../local/seed/tenants';
import { aWorkflow, noon } from '../support/builders';
import { startTable, type Table } from '../support/engines';
import { putRows } from '../support/table';

let table: Table;
beforeAll(async () => (table = await startTable()));
afterAll(() => table.stop());

test('connection.json lists the seeded workflows even after a hundred others were created', async () => {
  const { id } = seedTenants.find(({ plan }) => plan === 'pro')!;
  const rows = Array.from({ length: 101 }, (_, index) => aWorkflow({ id: index + 1, name: `Workflow ${index + 1}` }));
  await putRows(
    table,
    rows.map((workflow) => ({ ...workflowKey(id, workflow.id), ...workflow })),
  );
  const [workflows, tokens, audit] = [workflowStore(table), tokenStore(table), auditStore(table)];
  const stores = { workflows, tokens, audit } as Stores;

  const { pro } = await connectTenants(stores, {}, noon);

  expect(pro!.workflows).toHaveLength(101);
  expect(pro!.workflows[0]).toEqual({ id: 1, name: 'Workflow 1' });
});
