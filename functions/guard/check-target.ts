import type { AttemptError } from '../domain/delivery/delivery';
import { judgeEndpointUrl, urlRuleSentences, type AllowedUrl, type EndpointUrlPolicy } from '../domain/endpoint/url';
import { codeOf } from './error-code';
import { judgeAddress } from './judge-address';
import type { Resolve } from './resolve-host';

export interface GuardDeps {
  readonly resolve: Resolve;
  readonly policy: EndpointUrlPolicy;
}

/** A target that has just passed every rule. Connections go to these addresses; the name is not resolved again. */
export interface Target extends AllowedUrl {
  /** Empty for the local inbox, which is not resolved. */
  readonly addresses: readonly string[];
}

/**
 * The complete guard, applied before every attempt. It checks the text of the URL again, because the rules and the own
 * hosts may be newer than the row, and then every address that the name resolves to now. One denied address refuses the
 * name; so does a look-up that fails or finds no address.
 */
export async function checkTarget(
  { resolve, policy }: GuardDeps,
  text: string,
): Promise<{ target: Target } | { error: AttemptError }> {
  const judged = judgeEndpointUrl(text, policy);
  if ('refusedBy' in judged) return { error: blocked(judged.refusedBy, urlRuleSentences[judged.refusedBy]) };
  const { allowed } = judged;
  if (allowed.isLocalInbox) return { target: { ...allowed, addresses: [] } };

  const addresses = await resolve(allowed.hostname).catch((error: unknown) => codeOf(error));
  if (typeof addresses === 'string')
    return { error: unresolved(`The host name could not be looked up (${addresses}).`) };
  if (addresses.length === 0) return { error: unresolved('The host name has no address.') };
  for (const address of addresses) {
    const denied = judgeAddress(address);
    // The address itself is not shown: a private resolver's answer must not leak.
    if (denied !== undefined)
      return { error: blocked(denied.rule, `The host name has an address in a refused range (${denied.range}).`) };
  }
  return { target: { ...allowed, addresses } };
}

function blocked(rule: string, detail: string): AttemptError {
  return { class: 'blocked_address', rule, detail };
}

function unresolved(detail: string): AttemptError {
  return { class: 'dns', rule: null, detail };
}
