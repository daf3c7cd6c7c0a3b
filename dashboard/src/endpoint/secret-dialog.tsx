import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { EndpointWithSecret } from '../api/routes';
import { Copyable } from '../parts/copyable';
import { Dialog } from '../parts/dialog';

/** The only time a signing secret is shown. */
export function SecretDialog({ endpoint, close }: { endpoint: EndpointWithSecret; close: () => void }) {
  return (
    <Dialog header="Signing secret" close={close} confirmText="I have stored it" confirm={close}>
      <SpaceBetween size="m">
        {/* A repeated request finds the endpoint made, and its secret shown already. */}
        {endpoint.secret === undefined ? (
          <Alert type="warning" header="Shown already">
            The endpoint exists; its secret was in the first answer. Rotate it to get a new one.
          </Alert>
        ) : (
          <>
            <Box>
              Deliveries to {endpoint.url} are signed with it. Store it where the receiver can read it: it is not shown
              again.
            </Box>
            <Copyable text={endpoint.secret} name="signing secret" />
          </>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
