import type { AuditEvent } from '../../api/routes';
import { useRead } from '../../api/use-api';

/** More rows are not read for a name. */
const maxRead = 100;

/**
 * The newest edit of something, with who made it, if the newest rows of the activity tell.
 *
 * @param target as the activity names it: `workflow 3`, `ep_…`
 */
export function useLastEdit(target: string, isEdit: (event: AuditEvent) => boolean): AuditEvent | undefined {
  const { data } = useRead('GET audit-events', { query: { limit: maxRead } });
  return data?.data.find((event) => event.target === target && isEdit(event));
}
