import { persist, someRun, someTenant, type Act } from './scene';

/** What programs and people do at the doors of the product. */
export const callersActs = {
  trigger: (scene, who) => {
    const tenantId = someTenant(scene);
    return scene.system.request(
      'rest-api',
      who,
      tenantId,
      'POST',
      '/api/v1/workflows/1/runs',
      scene.by(tenantId, 'pat'),
    );
  },

  'trigger with a key': (scene, who) => {
    const tenantId = someTenant(scene);
    const key = `key-${1 + scene.system.world.choices.among(2)}`;
    const call = { ...scene.by(tenantId, 'pat'), headers: { 'idempotency-key': key } };
    return persist(scene, () =>
      scene.system.request('rest-api', who, tenantId, 'POST', '/api/v1/workflows/1/runs', call),
    );
  },

  'run now in the dashboard': (scene, who) => {
    const tenantId = someTenant(scene);
    const call = { ...scene.by(tenantId, 'member'), body: { input: { campaign: 'Spring Promo' } } };
    return scene.system.request('rest-api', who, tenantId, 'POST', '/api/v1/workflows/1/runs', call);
  },

  'trigger over MCP': (scene, who) => {
    const tenantId = someTenant(scene);
    const params = { name: 'trigger_workflow', arguments: { workflow_id: 1, input: {} } };
    return scene.system.request('mcp-server', who, tenantId, 'POST', '/mcp', {
      token: scene.ground.tenants[tenantId].mcp,
      headers: { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2025-11-25' },
      body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params },
    });
  },

  rerun: (scene, who) => {
    const tenantId = someTenant(scene);
    const headers = { 'idempotency-key': `again-${1 + scene.system.world.choices.among(2)}` };
    const target = `/api/v1/workflow-runs/${someRun(scene, tenantId)}/rerun`;
    return persist(scene, () =>
      scene.system.request('rest-api', who, tenantId, 'POST', target, { ...scene.by(tenantId, 'member'), headers }),
    );
  },

  cancel: (scene, who) => {
    const tenantId = someTenant(scene);
    const target = `/api/v1/workflow-runs/${someRun(scene, tenantId)}/cancel`;
    return persist(scene, () =>
      scene.system.request('rest-api', who, tenantId, 'POST', target, scene.by(tenantId, 'pat')),
    );
  },

  'read the usage': (scene, who) => {
    const tenantId = someTenant(scene);
    return scene.system.request('rest-api', who, tenantId, 'GET', '/api/v1/usage', scene.by(tenantId, 'pat'));
  },

  'list the runs': (scene, who) => {
    const tenantId = someTenant(scene);
    return scene.system.request('rest-api', who, tenantId, 'GET', '/api/v1/workflow-runs', scene.by(tenantId, 'pat'));
  },

  'look at the overview': (scene, who) => {
    const tenantId = someTenant(scene);
    return scene.system.request('rest-api', who, tenantId, 'GET', '/api/v1/overview', scene.by(tenantId, 'member'));
  },
} satisfies Readonly<Record<string, Act>>;
