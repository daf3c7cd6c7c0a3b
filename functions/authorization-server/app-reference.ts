/**
 * The id by which the authorization server knows a connected app, as its grant and as the account that approved it: each
 * approval is an account of its own, so that none inherits what another was allowed.
 */
export interface AppReference {
  readonly tenantId: string;
  readonly appId: string;
}

export function writeReference({ tenantId, appId }: AppReference): string {
  return `${tenantId}.${appId}`;
}

/** Neither part contains a full stop. Undefined for other text. */
export function readReference(text: string): AppReference | undefined {
  const [, tenantId, appId] = /^([a-z0-9-]+)\.(app_[0-9A-Z]{26})$/.exec(text) ?? [];
  return tenantId === undefined || appId === undefined ? undefined : { tenantId, appId };
}
