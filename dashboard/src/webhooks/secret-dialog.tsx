import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { EndpointWithSecret } from '../api/routes';
import { Copyable } from '../parts/copyable';

/** The only time a signing secret is shown. */
export function SecretDialog({ endpoint, close }: { endpoint: EndpointWithSecret; close: () => void }) {
  return (
    <Modal
      visible
      header="Signing secret"
      onDismiss={close}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={close}>
            I have stored it
          </Button>
        </Box>
      }
    >
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
    </Modal>
  );
}
