import Spinner from '@cloudscape-design/components/spinner';
import { lazy, Suspense } from 'react';

const Highlighted = lazy(async () => ({ default: (await import('./highlighted-code')).HighlightedCode }));

/** JSON with colours and a copy button. Markup inside it is shown as text. */
export function JsonView({ value, name }: { value: unknown; name: string }) {
  return <CodeBlock text={JSON.stringify(value, null, 2)} name={name} language="json" />;
}

/** Text exactly as it is, with a copy button. */
export function CodeBlock({ text, name, language }: { text: string; name: string; language: 'json' | 'sh' | 'text' }) {
  return (
    <Suspense fallback={<Spinner />}>
      <Highlighted text={text} name={name} language={language} />
    </Suspense>
  );
}
