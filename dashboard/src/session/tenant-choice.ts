const key = 'workflows.tenant';

/** The tenant that this tab works in, for a member of several tenants. */
export function chosenTenant(): string | undefined {
  return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined;
}

/** Stores the tenant for this tab and for tabs opened later. Undefined removes it. */
export function rememberTenant(tenantId: string | undefined): void {
  for (const store of [sessionStorage, localStorage]) {
    if (tenantId === undefined) store.removeItem(key);
    else store.setItem(key, tenantId);
  }
}
