import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { DeliveryDetail } from '../../api/routes';
import { CodeBlock } from '../../parts/json-view';
import { plural } from '../../parts/plural';

/** The exact bytes that were signed and sent, and how to check the signature. */
export function SentRequest({ delivery: { request, verify_command: verify } }: { delivery: DeliveryDetail }) {
  const bytes = new TextEncoder().encode(request.body).length;
  return (
    <Container
      header={
        <Header variant="h2" description={`${plural(bytes, 'byte')}, the same on every attempt, shown as sent.`}>
          Body
        </Header>
      }
    >
      <SpaceBetween size="m">
        <CodeBlock text={request.body} name="body" language="text" />
        {verify !== null && (
          <div>
            <Box variant="awsui-key-label">Verify the last signature</Box>
            <Box variant="p" color="text-body-secondary">
              With the endpoint’s secret in <Box variant="code">WEBHOOK_SECRET</Box>; needs openssl only.
            </Box>
            <CodeBlock text={verify} name="verify command" language="sh" />
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}
