import type { DashboardConfig } from '../../../functions/contract/dashboard';
import { settingsMissing } from './problems';

/**
 * Reads the settings that differ between deployments of the same build. index.html has the browser load them together with
 * the scripts, which are then waited for only once.
 */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('/config.json').catch(() => {
    throw settingsMissing('/config.json cannot be reached');
  });
  if (!response.ok) throw settingsMissing(`/config.json answered with status ${response.status}`);
  const config: unknown = await response.json().catch(() => undefined);
  if (!isConfig(config)) throw settingsMissing('/config.json does not name issuer, client_id and scope');
  return config;
}

function isConfig(value: unknown): value is DashboardConfig {
  if (typeof value !== 'object' || value === null) return false;
  return ['issuer', 'client_id', 'scope'].every((name) => typeof Reflect.get(value, name) === 'string');
}
