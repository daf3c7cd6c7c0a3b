import { isSameRevision } from '../../../api/revision';
import { ConflictNotice } from '../../../parts/draft/conflict-notice';
import { useSelected } from '../../../store';
import { useLastEdit } from '../../../parts/draft/use-last-edit';
import { Time } from '../../../parts/time';
import { Changes } from '../../../workflow/difference/changes';
import type { Edit, Stored } from '../../../workflow/edit';
import { replacedBy } from '../draft/state';
import type { Draft } from '../use-draft';

/** The workflow as others saved it. */
type Theirs = Stored & { readonly id: number; readonly version: number; readonly updated_at: string };

interface ConflictProps {
  readonly draft: Draft;
  /** The workflow as it was read last. */
  readonly stored: Theirs;
  /** Undefined while the text is no JSON. */
  readonly mine: Edit | undefined;
  readonly isRefused: boolean;
}

/** Shows that others saved what is being edited, as long as the person has not decided what to do with the two. */
export function Conflict({ draft: { store }, stored, mine, isRefused }: ConflictProps) {
  const base = useSelected(store, (state) => state.base);
  if (isSameRevision(base.etag, stored.etag)) return null;
  return (
    <ConflictNotice
      noun="workflow"
      isRefused={isRefused}
      theirs={`version ${stored.version}`}
      comparison={() => <Comparison theirs={stored} mine={mine} />}
      keepMine={() => store.set((state) => ({ ...state, base: stored }))}
      takeTheirs={() => store.set((state) => replacedBy(state, stored))}
    >
      <WhoSaved theirs={stored} /> Everything you typed is still here. If you keep yours, Save replaces version{' '}
      {stored.version}, which stays in the history.
    </ConflictNotice>
  );
}

function WhoSaved({ theirs: { id, version, updated_at: at } }: { theirs: Theirs }) {
  const edit = useLastEdit(`workflow ${id}`, ({ detail }) => detail?.['version'] === version);
  return (
    <>
      Version {version} was saved{edit !== undefined && ` by ${edit.actor.name}`} on <Time at={at} />.
    </>
  );
}

function Comparison({ theirs, mine }: { theirs: Theirs; mine: Edit | undefined }) {
  if (mine === undefined) return 'Your text is no JSON yet, so it cannot be compared.';
  return (
    <>
      <div>Lines with - are in version {theirs.version} only, lines with + in yours only.</div>
      <Changes
        before={shown(theirs)}
        after={shown({ ...theirs, ...mine })}
        name={`Version ${theirs.version} compared with yours`}
      />
    </>
  );
}

function shown({ name, description, tool, recipe }: Edit) {
  return { name, description, ...(tool !== undefined && { tool }), recipe };
}
