import { kindOf, none, unless, type Promised } from './promise';

/** The body and the targets of an event are decided once. */
export const events: Promised = ({ arrivals, system }) => ({
  onWrite: ({ key, before }) =>
    kindOf(key).kind === 'event' ? unless(before === undefined, () => `event ${key.sk} was written twice`) : none,
  atTheEnd: () =>
    arrivals.flatMap(({ webhookId, path, status }) => {
      if (status === 'cannot be reached') return none;
      const tenantId = path.split('/')[1] ?? '';
      const row = system.table.get(`T#${tenantId}#DLV`, `DELIVERY#${webhookId.slice('dlv_'.length)}`);
      return unless(row !== undefined, () => `${webhookId} arrived at ${path}, but that tenant has no such delivery`);
    }),
});
