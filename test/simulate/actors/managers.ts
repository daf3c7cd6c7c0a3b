import type { Call } from '../../support/http-calls';
import type { TenantId } from '../deployment/ground';
import { inboxOrigin } from '../deployment/origin';
import { someTenant, type Act, type Scene } from './scene';

/** What those who manage a tenant change. */
export const managersActs = {
  'disable an endpoint': atEndpoint('PATCH', '', () => ({ status: 'disabled' })),
  'enable an endpoint': atEndpoint('PATCH', '', () => ({ status: 'active' })),
  'move an endpoint': atEndpoint('PATCH', '', (tenantId) => ({ url: `${inboxOrigin}/${tenantId}/moved` })),
  'delete an endpoint': atEndpoint('DELETE', ''),
  'rotate a secret': atEndpoint('POST', '/rotate-secret'),
  'test an endpoint': atEndpoint('POST', '/test'),
  'send failed deliveries again': atEndpoint('POST', '/redeliver-failed'),

  'send a delivery again': async (scene, who) => {
    const listed = await acmeRequests(scene, who, 'GET', '/api/v1/webhook-deliveries');
    const ids: string[] = (listed.answer?.body?.data ?? []).map(({ id }: { id: string }) => id);
    const id = ids[scene.system.world.choices.among(Math.max(1, ids.length))];
    if (id !== undefined) await acmeRequests(scene, who, 'POST', `/api/v1/webhook-deliveries/${id}/redeliver`);
  },

  'save another recipe': (scene, who) =>
    acmeRequests(scene, who, 'PUT', '/api/v1/workflows/1', {
      body: { name: 'Spring Promo', recipe: { steps: [{ type: 'log', message: 'Another recipe' }] } },
    }),

  'deactivate the workflow': (scene, who) =>
    acmeRequests(scene, who, 'PATCH', '/api/v1/workflows/1', { body: { active: false } }),

  'activate the workflow': (scene, who) =>
    acmeRequests(scene, who, 'PATCH', '/api/v1/workflows/1', { body: { active: true } }),

  'issue a token and revoke it': async (scene, who) => {
    const body = { name: 'For a script', kind: 'pat', scopes: ['workflows:read'] };
    const { answer } = await acmeRequests(scene, who, 'POST', '/api/v1/tokens', { body });
    const id: unknown = answer?.body?.id;
    if (typeof id === 'string') await acmeRequests(scene, who, 'DELETE', `/api/v1/tokens/${id}`);
  },
} satisfies Readonly<Record<string, Act>>;

function acmeRequests(scene: Scene, who: string, method: string, target: string, call: Call = {}) {
  return scene.system.request('rest-api', who, 'acme', method, target, { ...scene.by('acme', 'member'), ...call });
}

function atEndpoint(method: string, path: string, body?: (tenantId: TenantId) => object): Act {
  return async (scene, who) => {
    const tenantId = someTenant(scene);
    const ids = Object.values(scene.ground.tenants[tenantId].endpoints);
    const id = ids[scene.system.world.choices.among(Math.max(1, ids.length))];
    if (id === undefined) return;
    const call = { ...scene.by(tenantId, 'member'), ...(body !== undefined && { body: body(tenantId) }) };
    await scene.system.request('rest-api', who, tenantId, method, `/api/v1/webhook-endpoints/${id}${path}`, call);
  };
}
