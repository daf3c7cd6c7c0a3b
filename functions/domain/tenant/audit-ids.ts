import { causeUlid } from '../ulid';

/**
 * Ids of the audit rows of changes that the changed row itself shows. They are derived from the change, so that writing the
 * row again stores it once, and a missing row can be recognised. Each is unique: what can change more than once, an
 * endpoint's secret and its disabling, changes at a later time than before (`afterAll`), even if two requests begin in the
 * same millisecond. Re-runs, endpoint tests and cancellations need no function here: the first two use the
 * ULID of the run or event that they created, and the row of a cancelled run contains its whole audit row.
 */
export const auditIds = {
  /** Version 1 is also the workflow's creation. */
  workflowVersion: (workflowId: number, version: number, createdAt: string) =>
    causeUlid(`workflow ${workflowId} version ${version}`, createdAt),
  endpointCreated: (endpointId: string, createdAt: string) => causeUlid(`${endpointId} created`, createdAt),
  /** The same ULID as the event `endpoint.disabled` has. */
  endpointDisabled: (endpointId: string, disabledAt: string) => causeUlid(endpointId, disabledAt),
  secretRotated: (endpointId: string, rotatedAt: string) => causeUlid(`${endpointId} rotated`, rotatedAt),
  /** A token's id is `tok_` and a ULID. */
  tokenCreated: (tokenId: string) => tokenId.slice('tok_'.length),
  tokenRevoked: (tokenId: string, revokedAt: string) => causeUlid(`${tokenId} revoked`, revokedAt),
  /** An app's id is `app_` and a ULID. */
  appApproved: (appId: string) => appId.slice('app_'.length),
  appRefreshed: (appId: string, at: string) => causeUlid(`${appId} refreshed`, at),
  /** Also of a detected reuse, which ends the app. */
  appEnded: (appId: string, revokedAt: string) => causeUlid(`${appId} ended`, revokedAt),
  memberAdded: (email: string, createdAt: string) => causeUlid(`member ${email}`, createdAt),
} as const;
