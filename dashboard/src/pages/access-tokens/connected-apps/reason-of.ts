import type { ConnectedApp } from '../../../api/routes';

/** Null where nobody need be told more than that the app was revoked. */
const reasons: Readonly<Record<NonNullable<ConnectedApp['revoked_because']>, string | null>> = {
  revoked: null,
  member_removed: 'its approver lost access',
  reuse_detected: 'a token was used twice',
  disconnected: 'by the app itself',
};

/** Why an app that is revoked was not simply revoked by a person. */
export function reasonOf({ revoked_because: because }: Pick<ConnectedApp, 'revoked_because'>): string | null {
  return because === null ? null : reasons[because];
}
