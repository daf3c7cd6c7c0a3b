import { memberStore } from '../../../functions/aws/tenant/members';
import { noon } from '../../support/builders';
import { startTable, type Table } from '../../support/engines';

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
