const key = 'workflows.tenant';

/** The tenant this tab works in, for people who are members of several. */
export function chosenTenant(): string | undefined {
  return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined;
}

/** Kept for this tab and for the next one; undefined forgets. */
export function rememberTenant(tenantId: string | undefined): void {
  for (const store of [sessionStorage, localStorage]) {
    if (tenantId === undefined) store.removeItem(key);
    else store.setItem(key, tenantId);
  }
}
