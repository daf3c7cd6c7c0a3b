import { someTenant, type Act } from './scene';

/** What the operator's command line changes. */
export const operatorsActs = {
  'lower the cap': (scene) => scene.system.operate('acme', 'caps', 'set', 'acme', '1'),
  'raise the cap': (scene) => scene.system.operate('acme', 'caps', 'set', 'acme', '6'),
  'put on starter': (scene) => scene.system.operate('acme', 'plans', 'set', 'acme', 'starter'),
  'put on growth': (scene) => scene.system.operate('acme', 'plans', 'set', 'acme', 'growth', '--cap', '3'),
  'put on custom': (scene) => scene.system.operate('acme', 'plans', 'set', 'acme', 'custom', '--cap', '4'),
  'remove a member': (scene) => {
    const tenantId = someTenant(scene);
    const { email } = scene.ground.tenants[tenantId];
    return scene.system.operate(tenantId, 'members', 'remove', tenantId, email);
  },
  'add a member': (scene) => {
    const tenantId = someTenant(scene);
    const { email } = scene.ground.tenants[tenantId];
    return scene.system.operate(tenantId, 'members', 'add', tenantId, email, '--permission', 'manage_agents');
  },
} satisfies Readonly<Record<string, Act>>;
