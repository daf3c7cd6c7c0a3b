import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { suggestionsIn } from '../../draft/placeholders';

interface SuggestionsProps {
  /** What the API warns of in the text. */
  readonly warning: string | undefined;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** Buttons that write what a warning suggests. */
export function Suggestions({ warning, text, onChange }: SuggestionsProps) {
  // The text may have been changed since it was warned of.
  const offered = suggestionsIn(warning).filter(({ apply }) => apply(text) !== text);
  if (offered.length === 0) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {offered.map(({ label, apply }) => (
        <Button key={label} variant="inline-link" onClick={() => onChange(apply(text))}>
          {label}
        </Button>
      ))}
    </SpaceBetween>
  );
}
