import CodeView from '@cloudscape-design/code-view/code-view';
import json from '@cloudscape-design/code-view/highlight/json';
import sh from '@cloudscape-design/code-view/highlight/sh';
import { CopyButton } from './copyable';

interface HighlightedCodeProps {
  readonly text: string;
  readonly name: string;
  readonly language: 'json' | 'sh' | 'text';
}

/** Loaded as a chunk of its own, because the tokenizer behind the colours is large. */
export function HighlightedCode({ text, name, language }: HighlightedCodeProps) {
  return (
    <CodeView
      content={text}
      ariaLabel={name}
      wrapLines
      {...(language !== 'text' && { highlight: language === 'json' ? json : sh })}
      actions={<CopyButton text={text} name={name} />}
    />
  );
}
