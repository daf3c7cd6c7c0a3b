import { tenantIdOf } from '../../../functions/aws/keys';
import { tenantIds } from '../deployment/ground';
import { none, unless, type Promised } from './promise';

/** Nothing is left open, and there is no row of nobody. */
export const tidiness: Promised = ({ system }) => ({
  atTheEnd: () =>
    system.table.rows().flatMap((row) => {
      const pk = String(row['pk']);
      const isOpen = row['due_at'] !== undefined || row['open_shard'] !== undefined;
      return [
        ...unless(!isOpen, () => `${pk} ${String(row['sk'])} is still open`),
        ...(pk.startsWith('T#') && !tenantIds.some((id) => id === tenantIdOf(pk)) ? [`${pk} belongs to nobody`] : none),
      ];
    }),
});
