import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

interface CopyableProps {
  readonly text: string;
  /** Lower-case, for screen readers: `run id`. */
  readonly name: string;
}

/** An id, URL or command with a button that copies it. */
export function Copyable(props: CopyableProps) {
  return <Copy {...props} variant="inline" />;
}

/** The button alone, where the text is shown in another way. */
export function CopyButton(props: CopyableProps) {
  return <Copy {...props} variant="icon" />;
}

function Copy({ text, name, variant }: CopyableProps & { variant: 'inline' | 'icon' }) {
  return (
    <CopyToClipboard
      variant={variant}
      textToCopy={text}
      copyButtonAriaLabel={`Copy ${name}`}
      copySuccessText="Copied"
      copyErrorText="Could not copy: the browser does not allow it"
    />
  );
}
