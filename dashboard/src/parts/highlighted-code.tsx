import CodeView from '@cloudscape-design/code-view/code-view';
import json from '@cloudscape-design/code-view/highlight/json';
import sh from '@cloudscape-design/code-view/highlight/sh';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

interface HighlightedCodeProps {
  readonly text: string;
  readonly name: string;
  readonly language: 'json' | 'sh' | 'text';
}

/** A chunk of its own: the colours come from a real tokenizer. */
export function HighlightedCode({ text, name, language }: HighlightedCodeProps) {
  return (
    <CodeView
      content={text}
      ariaLabel={name}
      wrapLines
      {...(language !== 'text' && { highlight: language === 'json' ? json : sh })}
      actions={
        <CopyToClipboard
          variant="icon"
          textToCopy={text}
          copyButtonAriaLabel={`Copy ${name}`}
          copySuccessText="Copied"
          copyErrorText="Not copied: the browser does not allow it"
        />
      }
    />
  );
}
