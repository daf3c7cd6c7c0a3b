import { ProductError } from '../domain/errors';
import type { Channel } from '../domain/plan';
import type { Scope } from '../domain/token';

/** Who calls, as authentication found. The tenant comes from here only, never from a path or a body. */
export interface Caller {
  readonly tenantId: string;
  readonly channel: Channel;
  /** The token's name, or the member's e-mail. */
  readonly name: string;
  readonly scopes: readonly Scope[];
}

/** @throws ProductError `insufficient_scope`, naming the scope */
export function requireScope(caller: Caller, scope: Scope): void {
  if (caller.scopes.includes(scope)) return;
  throw new ProductError('insufficient_scope', `This token lacks the scope ${scope}; issue one that has it.`);
}
