import CodeEditor, { type CodeEditorProps } from '@cloudscape-design/components/code-editor';
import { useEffect, useState } from 'react';

interface JsonEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Edits the recipe as JSON, with line numbers and syntax errors. The editor is loaded when it is first shown. */
export function JsonEditor({ text, onChange }: JsonEditorProps) {
  const [ace, setAce] = useState<object>();
  const [preferences, setPreferences] = useState<Partial<CodeEditorProps.Preferences>>({});
  useEffect(() => {
    let isShown = true;
    void import('./ace').then((module) => {
      if (isShown) setAce(module.ace);
    });
    return () => {
      isShown = false;
    };
  }, []);
  return (
    <CodeEditor
      ace={ace}
      loading={ace === undefined}
      language="json"
      languageLabel="JSON"
      ariaLabel="Recipe as JSON"
      value={text}
      editorContentHeight={480}
      onDelayedChange={({ detail }) => onChange(detail.value)}
      preferences={preferences}
      onPreferencesChange={({ detail }) => setPreferences(detail)}
      themes={{ light: ['cloud_editor'], dark: ['cloud_editor_dark'] }}
    />
  );
}
