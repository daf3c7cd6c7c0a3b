import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { DeliveryDetail } from '../../api/routes';
import { RedeliverDialog } from '../../delivery/redeliver-dialog';
import { useSendingRefusal } from '../../delivery/use-sending';
import { useDelivery } from '../../delivery/use-delivery';
import { LoadState } from '../../parts/load-state';
import { useNamePage } from '../../parts/page-names';
import { useSession } from '../../session/session';
import { Attempts } from './attempts';
import { DeliverySummary } from './delivery-summary';
import { SentRequest } from './sent-request';

export function WebhookDeliveryPage() {
  const { deliveryId = '' } = useParams();
  return <LoadedDelivery key={deliveryId} id={deliveryId} />;
}

function LoadedDelivery({ id }: { id: string }) {
  const delivery = useDelivery(id);
  return (
    <LoadState of={delivery} noun="webhook delivery">
      {(detail) => <WebhookDelivery delivery={detail} />}
    </LoadState>
  );
}

function WebhookDelivery({ delivery }: { delivery: DeliveryDetail }) {
  useNamePage(`/webhook-deliveries/${delivery.id}`, delivery.event);
  const { mayManage } = useSession();
  const sendingRefusal = useSendingRefusal();
  const [isRedelivering, setIsRedelivering] = useState(false);
  const isPending = delivery.status === 'pending';
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`To ${delivery.url}`}
          actions={
            mayManage && (
              <Button
                disabled={isPending || sendingRefusal !== undefined}
                disabledReason={
                  sendingRefusal ?? 'The delivery is pending, and its next attempt is made automatically.'
                }
                onClick={() => setIsRedelivering(true)}
              >
                Redeliver
              </Button>
            )
          }
        >
          {delivery.event}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <DeliverySummary delivery={delivery} />
        <Container
          header={
            <Header variant="h2" counter={`(${delivery.attempts_made})`}>
              Attempts
            </Header>
          }
        >
          <Attempts attempts={delivery.attempts} />
        </Container>
        <SentRequest delivery={delivery} />
      </SpaceBetween>
      {isRedelivering && <RedeliverDialog deliveries={[delivery]} close={() => setIsRedelivering(false)} />}
    </ContentLayout>
  );
}
