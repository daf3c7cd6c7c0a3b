import { useState } from 'react';
import { useParams } from 'react-router';
import { idlePace } from '../../api/pace';
import { useRead } from '../../api/use-api';
import { useGo } from '../../parts/go';
import { LoadState } from '../../parts/load-state';
import { useNotices } from '../../parts/notices';
import { useNamePage } from '../../parts/page-names';
import { useSession } from '../../session/session';
import { saveOver } from '../../workflow/save-over';
import { Conflict } from './conflict/conflict';
import { Editor } from './editor';
import { NoAuthoring } from './no-authoring';

export function EditWorkflowPage() {
  const { workflowId = '' } = useParams();
  const { mayAuthor } = useSession();
  return mayAuthor ? <EditWorkflow key={workflowId} id={workflowId} /> : <NoAuthoring />;
}

function EditWorkflow({ id }: { id: string }) {
  const { notify } = useNotices();
  const { go } = useGo();
  // Read again, so that a person learns of another's edit before much is typed upon the older one.
  const workflow = useRead('GET workflows/{id}', { id }, { poll: idlePace });
  useNamePage(`/workflows/${id}`, workflow.data?.name);
  // What was read before the last Save is no base for another edit.
  const [isOpen, setIsOpen] = useState(false);
  if (!isOpen && !workflow.isFetching) setIsOpen(true);
  return (
    <LoadState of={isOpen ? workflow : { ...workflow, data: undefined }} noun="workflow">
      {(stored) => (
        <Editor
          title={`Edit ${stored.name}`}
          thing={`workflow ${id}`}
          stored={stored}
          back={`/workflows/${id}`}
          save={(call, edit, base) => saveOver(call, id, base, edit)}
          saved={({ name, version }) => {
            notify({ type: 'success', content: `Version ${version} of ${name} was saved.` });
            go(`/workflows/${id}`);
          }}
          conflict={(draft, mine, isRefused) => (
            <Conflict draft={draft} stored={stored} mine={mine} isRefused={isRefused} />
          )}
        />
      )}
    </LoadState>
  );
}
