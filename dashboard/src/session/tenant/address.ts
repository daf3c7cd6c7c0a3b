/** Addresses name the tenant in front of the page: `/t/acme/workflow-runs/19`. Numbers mean other things in other tenants. */
const naming = /^\/t\/([^/]+)(.*)$/;

/** The tenant that a path names, whether or not there is one. */
export function tenantNamedBy(path: string): string | undefined {
  return naming.exec(path)?.[1];
}

/** The path of the page without its tenant: `/workflow-runs/19`, also if no tenant is named. */
export function pathInTenant(path: string): string {
  const [, , rest = path] = naming.exec(path) ?? [];
  return rest === '' ? '/' : rest;
}

/** @param address a path without tenant, with or without query and fragment */
export function addressIn(tenantId: string, address: string): string {
  return `/t/${tenantId}${address}`;
}
