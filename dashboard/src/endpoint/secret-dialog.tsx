import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { EndpointWithSecret } from '../api/routes';
import { Copyable } from '../parts/copyable';
import { Dialog } from '../parts/dialog';
import { ShownOnceDialog } from '../parts/held/shown-once-dialog';

/** Shows a signing secret, which is shown only once. */
export function SecretDialog({ endpoint, close }: { endpoint: EndpointWithSecret; close: () => void }) {
  if (endpoint.secret === undefined) return <LostSecretDialog close={close} />;
  return (
    <ShownOnceDialog header="Signing secret" noun="secret" close={close}>
      <SpaceBetween size="m">
        <Box>
          Deliveries to {endpoint.url} are signed with this secret. Store it where the receiver can read it. It is not
          shown again.
        </Box>
        <Copyable text={endpoint.secret} name="signing secret" />
      </SpaceBetween>
    </ShownOnceDialog>
  );
}

/** For the response to a repeated request, which has no secret: the one that had it was lost. */
function LostSecretDialog({ close }: { close: () => void }) {
  return (
    <Dialog header="Signing secret" close={close} confirmText="Close" confirm={close}>
      <Alert type="warning" header="The secret was already shown">
        An earlier request was answered with the secret, which is shown only once. Rotate the secret to get a new one.
      </Alert>
    </Dialog>
  );
}
