import { useIdempotencyKeys } from '../../api/use-idempotency-keys';
import { useGo } from '../../parts/go';
import { useNotices } from '../../parts/notices';
import { useSession } from '../../session/session';
import { Editor } from './editor';
import { NoAuthoring } from './no-authoring';

const blank = { name: '', description: null, recipe: { steps: [{ type: 'log', message: 'Started' }] } };

export function NewWorkflowPage() {
  const { mayAuthor } = useSession();
  const { notify } = useNotices();
  const { go } = useGo();
  const keyOf = useIdempotencyKeys();
  if (!mayAuthor) return <NoAuthoring />;
  return (
    <Editor
      title="New workflow"
      thing="new workflow"
      stored={blank}
      back="/workflows"
      save={(call, body) => call('POST workflows', { body, idempotencyKey: keyOf(body) })}
      saved={({ id, name }) => {
        notify({ type: 'success', content: `Workflow #${id}, ${name}, was created.` });
        go(`/workflows/${id}`);
      }}
    />
  );
}
