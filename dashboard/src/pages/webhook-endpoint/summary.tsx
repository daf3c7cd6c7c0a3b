import Badge from '@cloudscape-design/components/badge';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Endpoint } from '../../api/routes';
import { EndpointHealth } from '../../endpoint/health';
import { Copyable } from '../../parts/copyable';
import { Time } from '../../parts/time';

export function EndpointSummary({ endpoint }: { endpoint: Endpoint }) {
  const headers = Object.keys(endpoint.headers);
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'URL', value: <Copyable text={endpoint.url} name="URL" /> },
          { label: 'Status', value: <EndpointHealth endpoint={endpoint} /> },
          {
            label: 'Events',
            value: (
              <SpaceBetween direction="horizontal" size="xxs">
                {endpoint.events.map((event) => (
                  <Badge key={event}>
                    <span className="breaks-anywhere">{event}</span>
                  </Badge>
                ))}
              </SpaceBetween>
            ),
          },
          { label: 'Body', value: endpoint.body },
          { label: 'Attempts a second', value: `${endpoint.max_per_second} at most` },
          {
            label: 'Custom headers',
            value: headers.length === 0 ? 'None' : headers.map((name) => <div key={name}>{name}</div>),
          },
          ...(endpoint.previous_secret_until === null
            ? []
            : [{ label: 'Old secret signs until', value: <Time at={endpoint.previous_secret_until} /> }]),
          { label: 'Endpoint id', value: <Copyable text={endpoint.id} name="endpoint id" /> },
          { label: 'Created', value: <Time at={endpoint.created_at} /> },
        ]}
      />
    </Container>
  );
}
