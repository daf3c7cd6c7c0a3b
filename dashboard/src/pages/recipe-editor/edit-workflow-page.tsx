import { useParams } from 'react-router';
import { useRead } from '../../api/use-api';
import { useGo } from '../../parts/go';
import { LoadState } from '../../parts/load-state';
import { useNotices } from '../../parts/notices';
import { useNamePage } from '../../parts/page-names';
import { useSession } from '../../session/session';
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
  const workflow = useRead('GET workflows/{id}', { id });
  useNamePage(`/workflows/${id}`, workflow.data?.name);
  return (
    <LoadState of={workflow} noun="workflow">
      {(stored) => (
        <Editor
          title={`Edit ${stored.name}`}
          stored={stored}
          back={`/workflows/${id}`}
          save={(call, body) => call('PUT workflows/{id}', { id, body })}
          saved={({ name, version }) => {
            notify({ type: 'success', content: `Version ${version} of ${name} was saved.` });
            go(`/workflows/${id}`);
          }}
        />
      )}
    </LoadState>
  );
}
