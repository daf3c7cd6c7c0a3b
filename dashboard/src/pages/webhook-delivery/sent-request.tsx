import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { DeliveryDetail } from '../../api/routes';
import { CodeBlock } from '../../parts/json-view';
import { plural } from '../../parts/plural';

/** The exact body that was signed and sent, and a command that verifies the signature. */
export function SentRequest({ delivery: { request, verify_command: verify } }: { delivery: DeliveryDetail }) {
  const bytes = new TextEncoder().encode(request.body).length;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`${plural(bytes, 'byte')}. Every attempt sends the same body, which is shown exactly as sent.`}
        >
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
              Put the endpoint’s secret into <Box variant="code">WEBHOOK_SECRET</Box>. The command needs only openssl.
            </Box>
            <CodeBlock text={verify} name="verify command" language="sh" />
          </div>
        )}
      </SpaceBetween>
    </Container>
  );
}
