import Spinner from '@cloudscape-design/components/spinner';
import Textarea from '@cloudscape-design/components/textarea';
import { useChunk } from './chunk/use-chunk';
import { CopyButton } from './copyable';

/** JSON with colours and a copy button. Markup inside it is shown as text. */
export function JsonView({ value, name }: { value: unknown; name: string }) {
  return <CodeBlock text={JSON.stringify(value, null, 2)} name={name} language="json" />;
}

/** Text exactly as it is, with a copy button. If what colours it cannot be loaded, it is shown without colours. */
export function CodeBlock({ text, name, language }: { text: string; name: string; language: 'json' | 'sh' | 'text' }) {
  const chunk = useChunk(loadHighlighted);
  if (chunk.is === 'loading') return <Spinner />;
  if (chunk.is === 'loaded') return <chunk.part text={text} name={name} language={language} />;
  return (
    <>
      <CopyButton text={text} name={name} />
      <Textarea value={text} readOnly ariaLabel={name} rows={12} />
    </>
  );
}

async function loadHighlighted() {
  return (await import('./highlighted-code')).HighlightedCode;
}
