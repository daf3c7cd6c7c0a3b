import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useParams } from 'react-router';
import { besidePace } from '../../api/pace';
import type { Endpoint, Tagged } from '../../api/routes';
import { useRead } from '../../api/use-api';
import { hostOf } from '../../endpoint/link';
import { LoadState } from '../../parts/load-state';
import { useNamePage } from '../../parts/page-names';
import { localAndUtc } from '../../parts/time';
import { EndpointActions } from './actions';
import { EndpointDeliveries } from './deliveries';
import { HealthOverTime } from './health-over-time';
import { EndpointSummary } from './summary';
import { TestResult } from './test-result';

export function WebhookEndpointPage() {
  const { endpointId = '' } = useParams();
  return <LoadedEndpoint key={endpointId} id={endpointId} />;
}

function LoadedEndpoint({ id }: { id: string }) {
  const endpoint = useRead('GET webhook-endpoints/{id}', { id }, { poll: besidePace });
  return (
    <LoadState of={endpoint} noun="webhook endpoint">
      {(detail) => <WebhookEndpoint endpoint={detail} />}
    </LoadState>
  );
}

function WebhookEndpoint({ endpoint }: { endpoint: Tagged<Endpoint> }) {
  useNamePage(`/webhook-endpoints/${endpoint.id}`, hostOf(endpoint.url));
  const [testId, setTestId] = useState<string>();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={endpoint.description}
          actions={<EndpointActions endpoint={endpoint} tested={setTestId} />}
        >
          {hostOf(endpoint.url)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {endpoint.warning !== null && (
          <Alert type="warning" header="Every delivery fails">
            No delivery has succeeded since {localAndUtc(endpoint.warning.failing_since)}.{' '}
            {endpoint.warning.disables_at === null
              ? 'If deliveries go on failing on further days, this endpoint is disabled.'
              : `A failure at or after ${localAndUtc(endpoint.warning.disables_at)} disables this endpoint.`}{' '}
            One success, of a test event too, keeps it active.
          </Alert>
        )}
        {testId !== undefined && <TestResult key={testId} deliveryId={testId} />}
        <EndpointSummary endpoint={endpoint} />
        <HealthOverTime endpointId={endpoint.id} />
        <EndpointDeliveries endpointId={endpoint.id} />
      </SpaceBetween>
    </ContentLayout>
  );
}
