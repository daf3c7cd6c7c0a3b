import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { EndpointWithSecret } from '../api/routes';
import { Copyable } from '../parts/copyable';
import { Dialog } from '../parts/dialog';

/** Shows a signing secret, which is shown only once. */
export function SecretDialog({ endpoint, close }: { endpoint: EndpointWithSecret; close: () => void }) {
  return (
    <Dialog header="Signing secret" close={close} confirmText="I have stored it" confirm={close}>
      <SpaceBetween size="m">
        {/* The response to a repeated request has no secret, because the first response had it. */}
        {endpoint.secret === undefined ? (
          <Alert type="warning" header="The secret was already shown">
            An earlier request was answered with the secret, which is shown only once. Rotate the secret to get a new
            one.
          </Alert>
        ) : (
          <>
            <Box>
              Deliveries to {endpoint.url} are signed with this secret. Store it where the receiver can read it. It is
              not shown again.
            </Box>
            <Copyable text={endpoint.secret} name="signing secret" />
          </>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
