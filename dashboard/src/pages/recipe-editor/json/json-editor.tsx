import CodeEditor, { type CodeEditorProps } from '@cloudscape-design/components/code-editor';
import { useCallback, useMemo, useState } from 'react';
import type { Store } from '../../../store';
import { useChunk } from '../../../parts/chunk/use-chunk';
import { withText, type DraftState } from '../draft/state';
import { PlainEditor } from './plain-editor';

const label = 'Recipe as JSON';

/**
 * Edits the recipe as JSON, with line numbers and syntax errors. The editor is loaded when it is first shown.
 *
 * It owns its text as long as it is shown: `CodeEditor` would write a new `value` over what has been typed since, so it is
 * given the first text only. Each change reaches the draft at once, before the next key or click.
 */
export function JsonEditor({ draft }: { draft: Store<DraftState> }) {
  const chunk = useChunk(loadAce);
  const [preferences, setPreferences] = useState<Partial<CodeEditorProps.Preferences>>({});
  const seed = useMemo(() => {
    if (chunk.is !== 'loaded') return { text: '' };
    const { text } = draft.get();
    return { text, ace: chunk.part.startingWith(text, label) };
  }, [chunk, draft]);
  const change = useCallback((text: string) => draft.set((state) => withText(state, text)), [draft]);
  if (chunk.is === 'missing') return <PlainEditor draft={draft} onChange={change} retry={chunk.retry} />;
  return (
    <CodeEditor
      ace={seed.ace}
      loading={seed.ace === undefined}
      language="json"
      languageLabel="JSON"
      ariaLabel={label}
      value={seed.text}
      editorContentHeight={480}
      onChange={({ detail }) => change(detail.value)}
      preferences={preferences}
      onPreferencesChange={({ detail }) => setPreferences(detail)}
      themes={{ light: ['cloud_editor'], dark: ['cloud_editor_dark'] }}
    />
  );
}

function loadAce() {
  return import('./ace');
}
