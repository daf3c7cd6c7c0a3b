import { notFound } from '../../../functions/domain/errors';
import type { Change, Session } from './session';

/**
 * Makes a change that returns false if its subject is not there, and writes its audit row.
 *
 * @param thing the product's word for the subject, such as `tenant`
 * @throws ProductError `not_found`; no row is written then
 */
export async function changeExisting(
  session: Session,
  tenantId: string,
  thing: string,
  change: () => Promise<boolean>,
  described: Change,
): Promise<void> {
  const done = await session.record(tenantId, change, (isMade) => (isMade ? described : undefined));
  if (!done) throw notFound(thing);
}
