import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useSelected, type Store } from '../../../store';
import type { DraftState } from '../draft/state';

interface PlainEditorProps {
  readonly draft: Store<DraftState>;
  readonly onChange: (text: string) => void;
  readonly retry: () => void;
}

/** Stands in for the JSON editor when its files cannot be loaded. */
export function PlainEditor({ draft, onChange, retry }: PlainEditorProps) {
  const text = useSelected(draft, (state) => state.text);
  return (
    <SpaceBetween size="s">
      <div role="alert">
        <Alert
          type="warning"
          header="The JSON editor could not be loaded"
          action={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={retry}>Try again</Button>
              <Button onClick={() => location.reload()}>Reload the page</Button>
            </SpaceBetween>
          }
        >
          You can go on in this plain field. If the dashboard was updated meanwhile, reload the page: your changes are
          kept.
        </Alert>
      </div>
      <Textarea
        value={text}
        ariaLabel="Recipe as JSON"
        rows={24}
        spellcheck={false}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </SpaceBetween>
  );
}
