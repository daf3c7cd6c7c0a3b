import type { User } from 'oidc-client-ts';
import { SessionEnded } from '../problems';
import { isAlive, isFresh, isReceivedJustNow, momentNow, type Moment } from './life';

/** A page that polls does not ask the issuer again and again for what it has just refused. */
const quietMs = 30_000;

export interface KeptToken {
  readonly user: User;
  /** Undefined if that is not known. */
  readonly received: Moment | undefined;
}

export interface TokenKeeper {
  /**
   * Returns the ID token, renewed if it is about to be over.
   *
   * @param isRead true for a call that changes nothing. After a refusal it does not ask the issuer again for a while; a
   *   call that somebody waits for always does
   * @throws SessionEnded if the issuer refuses to renew it
   * @throws ApiError `unreachable` if the issuer does not answer
   */
  readonly idToken: (isRead: boolean) => Promise<string>;
  /**
   * Call when the API has refused `token`.
   *
   * @returns true if there is another one now, false if a new one would be refused too
   * @throws as `idToken`
   */
  readonly renew: (token: string) => Promise<boolean>;
  /** Replaces the token by that of a new sign-in of the same person. */
  readonly take: (kept: KeptToken) => void;
  /** Gives nobody a token any more, because the page is about to belong to somebody else. */
  readonly close: () => void;
}

export interface KeeperOptions {
  readonly first: KeptToken;
  /** Resolves to undefined if the issuer refuses; rejects if it does not answer. */
  readonly renewed: () => Promise<KeptToken | undefined>;
  /** Called with true when a call finds that the session has ended, and with false when there is a token again. */
  readonly ended: (isEnded: boolean) => void;
}

/** Keeps the person's token fresh. It never leaves the page: a call without a usable token is refused. */
export function keepToken({ first, renewed, ended }: KeeperOptions): TokenKeeper {
  let kept = first;
  let refused: string | undefined;
  let refusedAtMs = -Infinity;
  let isClosed = false;
  let renewal: Promise<void> | undefined;

  const take = (token: KeptToken) => {
    kept = token;
    refused = undefined;
    refusedAtMs = -Infinity;
    ended(false);
  };
  const tokenOf = ({ user }: KeptToken) => user.id_token ?? '';
  // An issuer may renew without an ID token, and the old one is then given back. One that was issued twice within the same
  // second is the same as well, but not over.
  const isOfNoUse = (token: KeptToken) =>
    tokenOf(token) === tokenOf(kept) && !isAlive(kept.user.profile, kept.received, momentNow());
  const renewNow = async () => {
    const token = await renewed();
    if (token === undefined || isOfNoUse(token)) {
      refusedAtMs = performance.now();
      throw new SessionEnded();
    }
    take(token);
  };
  // Calls that come meanwhile wait for the same renewal: a refresh token works once.
  const renewOnce = () => (renewal ??= renewNow().finally(() => (renewal = undefined)));

  const is = (test: typeof isFresh) =>
    tokenOf(kept) !== refused && test(kept.user.profile, kept.received, momentNow()) && tokenOf(kept) !== '';
  const endedBy = (error: unknown) => {
    if (error instanceof SessionEnded) ended(true);
    return error;
  };

  return {
    idToken: async (isRead) => {
      if (isClosed) throw new SessionEnded();
      if (is(isFresh)) return tokenOf(kept);
      try {
        if (isRead && performance.now() - refusedAtMs < quietMs) throw new SessionEnded();
        await renewOnce();
      } catch (error) {
        if (!is(isAlive)) throw endedBy(error);
      }
      return tokenOf(kept);
    },
    renew: async (token) => {
      if (isClosed) throw new SessionEnded();
      // Another call had the same token refused, and has renewed it already.
      if (token !== tokenOf(kept)) return true;
      if (isReceivedJustNow(kept.received, momentNow())) return false;
      refused = token;
      try {
        await renewOnce();
      } catch (error) {
        throw endedBy(error);
      }
      return true;
    },
    take,
    close: () => (isClosed = true),
  };
}
