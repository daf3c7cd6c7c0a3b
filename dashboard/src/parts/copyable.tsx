import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

/** An id, URL or command with a button that copies it. */
export function Copyable({ text, name }: { text: string; name: string }) {
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      copyButtonAriaLabel={`Copy ${name}`}
      copySuccessText="Copied"
      copyErrorText="Not copied: the browser does not allow it"
    />
  );
}
