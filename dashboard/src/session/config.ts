import type { DashboardConfig } from '../../../functions/contract/dashboard';

/**
 * Reads the settings that differ between deployments of the same build. index.html has the browser load them together with
 * the scripts, which are then waited for only once.
 */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('/config.json');
  if (!response.ok) throw new Error(`/config.json answered with status ${response.status}.`);
  const config: unknown = await response.json();
  if (!isConfig(config)) throw new Error('/config.json must name issuer, client_id and scope of the sign-in service.');
  return config;
}

function isConfig(value: unknown): value is DashboardConfig {
  if (typeof value !== 'object' || value === null) return false;
  return ['issuer', 'client_id', 'scope'].every((name) => typeof Reflect.get(value, name) === 'string');
}
