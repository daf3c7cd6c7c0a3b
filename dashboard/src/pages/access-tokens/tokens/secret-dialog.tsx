import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AccessToken, AccessTokenWithText } from '../../../api/routes';
import { Copyable } from '../../../parts/copyable';
import { Dialog } from '../../../parts/dialog';
import { ShownOnceDialog } from '../../../parts/held/shown-once-dialog';
import { CodeBlock } from '../../../parts/json-view';
import { McpSetup } from '../mcp-setup';

/** Shows a new token, which is shown only once, and how to use it. */
export function TokenDialog({ token, close }: { token: AccessTokenWithText; close: () => void }) {
  if (token.token === undefined) return <LostTokenDialog token={token} close={close} />;
  return (
    <ShownOnceDialog header="Your new token" size="large" noun="token" close={close}>
      <SpaceBetween size="m">
        <Box>Store the token now. It is not shown again. Anyone who has it can act for this tenant.</Box>
        <Copyable text={token.token} name="token" />
        {token.kind === 'mcp' ? (
          <McpSetup token={token.token} />
        ) : (
          <div>
            <Box variant="awsui-key-label">Try it</Box>
            <CodeBlock text={curl(token.token)} name="command" language="sh" />
          </div>
        )}
      </SpaceBetween>
    </ShownOnceDialog>
  );
}

/** For the response to a repeated request, which has no text: the one that had it was lost. */
function LostTokenDialog({ token, close }: { token: AccessToken; close: () => void }) {
  return (
    <Dialog header="Your new token" close={close} confirmText="Close" confirm={close}>
      <Alert type="warning" header="The token cannot be shown any more">
        An earlier request created {token.name}, and its answer, which held the token, was lost. Revoke {token.name} in
        the list and create another token.
      </Alert>
    </Dialog>
  );
}

function curl(token: string): string {
  return `curl -H "Authorization: Bearer ${token}" ${location.origin}/api/v1/workflows`;
}
