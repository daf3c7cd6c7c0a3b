import { createHash } from 'node:crypto';
import { ProductError } from './errors';

/** 96 bits: two states of one thing never share a revision by chance. */
const revisionCharacters = 16;

/**
 * Names a state of something that people edit, such as a workflow.
 *
 * @param values what edits change; every edit changes at least one of them
 * @returns 16 characters of the URL-safe base64 alphabet
 */
export function revisionOf(values: readonly (string | number | boolean | null)[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('base64url').slice(0, revisionCharacters);
}

/** Which revisions a caller expects something to have before it is changed. Without both, any revision will do. */
export interface Expected {
  /** One of these, as `If-Match` names them. */
  readonly oneOf?: readonly string[];
  /** None of these, as `If-None-Match` names them; `*` means that it must not exist. */
  readonly noneOf?: '*' | readonly string[];
}

/** Whether the change must find what it was decided by. It is then a condition of the write itself. */
export function isConditional({ oneOf, noneOf }: Expected): boolean {
  return oneOf !== undefined || noneOf !== undefined;
}

/** @throws ProductError `version_conflict` if the present revision is not an expected one */
export function requireExpected({ oneOf, noneOf }: Expected, revision: string): void {
  if (oneOf !== undefined && !oneOf.includes(revision))
    throw new ProductError(
      'version_conflict',
      'It was changed since you read it, and nothing was written. Read it again, merge your change into what it is now, and repeat the call with the new ETag in If-Match.',
    );
  if (noneOf === '*' || noneOf?.includes(revision) === true)
    throw new ProductError(
      'version_conflict',
      'If-None-Match names what is there now, and nothing was written. Leave that header out to change it.',
    );
}
