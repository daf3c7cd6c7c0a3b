import { markMissing } from './marked';

interface SentTextProps {
  readonly text: string;
  readonly missing: readonly string[];
  readonly name: string;
}

/** A text as it will be sent. Placeholders that stay in it are marked. It scrolls if it is long, by keyboard too. */
export function SentText({ text, missing, name }: SentTextProps) {
  return (
    <pre className="sent-text" tabIndex={0} role="group" aria-label={name}>
      {markMissing(text, missing).map(({ text: part, isMissing }, index) =>
        isMissing ? <mark key={index}>{part}</mark> : part,
      )}
    </pre>
  );
}
