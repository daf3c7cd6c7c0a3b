import type { ConnectedApp } from '../../../functions/domain/tenant/connected-app';
import { defaultLimit, limitNames, limitOf } from '../../../functions/domain/tenant/limits';
import type { Tenant } from '../../../functions/domain/tenant/tenant';
import { viewUsage } from '../../../functions/domain/tenant/usage';
import { printable } from '../terminal/printable';
import { printDetails, printTable } from '../terminal/table';
import { printCap } from './daily-cap';

/** A tenant as the operator sees it: without the key that signs its cursors. */
export function viewTenant(tenant: Tenant, now: Date) {
  const { history: _history, ...usage } = viewUsage(tenant, now);
  return { id: tenant.id, name: tenant.name, ...usage, authoring: tenant.authoring };
}

export function viewTenantDetail(tenant: Tenant, now: Date) {
  const limits = Object.fromEntries(limitNames.map((name) => [name, limitOf(tenant, name)]));
  return { ...viewTenant(tenant, now), limits, history: viewUsage(tenant, now).history };
}

export function printTenant(view: ReturnType<typeof viewTenantDetail>): string {
  const properties = printDetails({
    id: view.id,
    name: view.name,
    plan: view.plan,
    'daily run cap': printCap(view.cap),
    'runs today (UTC)': view.used,
    authoring: view.authoring,
    'limits of its own': limitNames
      .filter((name) => view.limits[name] !== defaultLimit(view.plan, name))
      .map((name) => `${name} ${view.limits[name]}`)
      .join(', '),
  });
  if (view.history.length === 0) return properties;
  const days = printTable(
    ['day', 'runs'],
    view.history.map(({ day, used }) => [day, used]),
    '',
  );
  return `${properties}\n\n${days}`;
}

/** What a change of a member ended. An app says itself what it is called, so its name may contain anything. */
export function listRevokedApps(apps: readonly ConnectedApp[]): string[] {
  return apps.length === 0
    ? []
    : ['Apps that they approved are revoked:', ...apps.map(({ id, name }) => `  ${id}  ${printable(name)}`)];
}
