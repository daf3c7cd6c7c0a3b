const key = 'workflows.tenant';
const chosenKey = 'workflows.tenant-chosen';

/** The tenant that this tab was in, or that the person chose last in any tab. */
export function tenantBefore(): string | undefined {
  return sessionStorage.getItem(key) ?? tenantChosenLast();
}

export function tenantChosenLast(): string | undefined {
  return localStorage.getItem(key) ?? undefined;
}

/** Stores the tenant of this tab, for addresses without a tenant. Other tabs stay where they are. */
export function rememberTabTenant(tenantId: string): void {
  sessionStorage.setItem(key, tenantId);
}

/** Stores the tenant in which new tabs open addresses without a tenant. */
export function rememberChosenTenant(tenantId: string): void {
  localStorage.setItem(key, tenantId);
}

export function forgetTenants(): void {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
}

/**
 * Call before the page leaves for a tenant that the person chose. Nothing else is stored yet, because the browser may ask
 * whether to leave, and the person may stay.
 */
export function announceChoice(tenantId: string): void {
  sessionStorage.setItem(chosenKey, tenantId);
}

/** The tenant that the page before left for, once. */
export function takeAnnouncedChoice(): string | undefined {
  const tenantId = sessionStorage.getItem(chosenKey) ?? undefined;
  sessionStorage.removeItem(chosenKey);
  return tenantId;
}
