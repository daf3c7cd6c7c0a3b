import { isSameRevision } from '../api/revision';
import type { Endpoint, Tagged } from '../api/routes';
import { ConflictNotice } from '../parts/draft/conflict-notice';
import type { Store } from '../store';
import { useLastEdit } from '../parts/draft/use-last-edit';
import { Time } from '../parts/time';
import { Changes } from '../workflow/difference/changes';
import { draftOf, shown, type EndpointDraft } from './draft';

interface EndpointConflictProps {
  readonly store: Store<EndpointDraft>;
  readonly draft: EndpointDraft;
  /** The endpoint as it was read last. */
  readonly stored: Tagged<Endpoint>;
  readonly isRefused: boolean;
}

/** Shows that others changed the endpoint that is being edited, as long as the person has not decided. */
export function EndpointConflict({ store, draft, stored, isRefused }: EndpointConflictProps) {
  if (isSameRevision(draft.base?.etag, stored.etag)) return null;
  return (
    <ConflictNotice
      noun="endpoint"
      isRefused={isRefused}
      theirs="theirs"
      comparison={() => (
        <>
          <div>Lines with - are in theirs only, lines with + in yours only. Values of headers are not shown.</div>
          <Changes before={shown(draftOf(stored))} after={shown(draft)} name="Theirs compared with yours" />
        </>
      )}
      keepMine={() => store.set((state) => ({ ...state, base: stored }))}
      takeTheirs={() => store.set(() => draftOf(stored))}
    >
      <WhoChanged id={stored.id} /> Everything you typed is still here. If you keep yours, Save replaces what they
      saved.
    </ConflictNotice>
  );
}

function WhoChanged({ id }: { id: string }) {
  const edit = useLastEdit(id, ({ action }) => action !== 'endpoint.tested' && action !== 'endpoint.failing');
  if (edit === undefined) return null;
  return (
    <>
      {edit.actor.name} changed it on <Time at={edit.at} />.
    </>
  );
}
