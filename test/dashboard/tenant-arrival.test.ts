import type { Me } from '../../dashboard/src/api/routes';
import { addressIn, pathInTenant, tenantNamedBy } from '../../dashboard/src/session/tenant/address';
import { newsOf, type Arrival } from '../../dashboard/src/session/tenant/arrival';

const acme = { id: 'acme', name: 'Acme' };
const beta = { id: 'beta', name: 'Beta' };
const gamma = { id: 'gamma', name: 'Gamma' };

function aMember(tenant: typeof acme, ...others: (typeof acme)[]): Me {
  return { tenant: { ...tenant, plan: 'pro', authoring: true }, tenants: [tenant, ...others] } as unknown as Me;
}

function anArrival(parts: Partial<Arrival>): Arrival {
  return { address: '/workflow-runs/19', named: undefined, before: undefined, isChosen: false, ...parts };
}

test.each([
  ['/t/acme/workflow-runs/19', 'acme', '/workflow-runs/19'],
  ['/t/acme/', 'acme', '/'],
  ['/t/acme', 'acme', '/'],
  ['/t/acme/t/beta', 'acme', '/t/beta'],
  ['/t/a%2Fb/usage', 'a%2Fb', '/usage'],
  ['/t/', undefined, '/t/'],
  ['/tokens', undefined, '/tokens'],
  ['/', undefined, '/'],
])('%s names the tenant %s and leads to its %s', (path, tenant, below) => {
  expect(tenantNamedBy(path)).toBe(tenant);
  expect(pathInTenant(path)).toBe(below);
});

test('an address in a tenant keeps its query and fragment', () => {
  expect(addressIn('acme', '/workflow-runs?status=failed#top')).toBe('/t/acme/workflow-runs?status=failed#top');
});

test('a member of several tenants is told that a link names none, with every other tenant it may have meant', () => {
  const me = aMember(acme, beta, gamma);

  expect(newsOf(anArrival({ before: 'acme' }), me)).toEqual({ is: 'unnamed', others: [beta, gamma] });
  expect(newsOf(anArrival({ address: '/' }), me)).toBeUndefined();
});

test('a link that leads out of the tenant that a person was in says so', () => {
  const me = aMember(beta, acme);

  expect(newsOf(anArrival({ named: 'beta', before: 'acme' }), me)).toEqual({ is: 'changed', before: acme });
  expect(newsOf(anArrival({ named: 'beta', before: 'beta' }), me)).toBeUndefined();
  expect(newsOf(anArrival({ named: 'beta' }), me)).toBeUndefined();
});

test('who has chosen the tenant, or was in one that is no longer theirs, is told nothing', () => {
  const me = aMember(beta, acme);

  expect(newsOf(anArrival({ named: 'beta', before: 'acme', isChosen: true }), me)).toBeUndefined();
  expect(newsOf(anArrival({ named: 'beta', before: 'left' }), me)).toBeUndefined();
});

test('a member of one tenant is told nothing', () => {
  expect(newsOf(anArrival({ before: 'left' }), aMember(acme))).toBeUndefined();
  expect(newsOf(anArrival({ named: 'acme', before: 'left' }), aMember(acme))).toBeUndefined();
});
