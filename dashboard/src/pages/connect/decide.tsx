import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { AuthorizationRequest } from '../../api/routes';
import { Refusal } from '../../parts/refusal';
import { Abilities } from './abilities';
import { Account } from './account';
import { Fact } from './fact';
import { ExpiryField } from './expiry-field';
import { obstacleFor } from './obstacle';
import { ObstacleAlert } from './obstacle-alert';
import { TenantField } from './tenant-field';
import { useChosenTenant } from './use-chosen-tenant';
import { useDecision, type DecisionHandlers } from './use-decision';
import { AppName, Destination, WhoAsks } from './who-asks';

interface DecideProps extends DecisionHandlers {
  readonly uid: string;
  readonly request: AuthorizationRequest;
}

/** Who asks for what, and the two answers. Nothing is decided but by a click on one of them. */
export function Decide({ uid, request, ...handlers }: DecideProps) {
  const { tenantId, choose, me, error: unread } = useChosenTenant();
  const { send, error, isPending, ...decision } = useDecision(uid, tenantId, handlers);
  const [days, setDays] = useState(90);
  const mayApprove = tenantId === undefined || (me !== undefined && obstacleFor(me) === undefined);
  return (
    <Container
      header={
        <Header variant="h1">
          <AppName request={request} /> wants to connect
        </Header>
      }
    >
      <SpaceBetween size="l">
        <WhoAsks request={request} />
        <ColumnLayout columns={2}>
          <Fact label="You will be sent to">
            <Destination request={request} />
          </Fact>
          <Fact label="You are signed in as">
            <Account />
          </Fact>
        </ColumnLayout>
        <Abilities />
        <ColumnLayout columns={2}>
          <TenantField chosen={tenantId} choose={choose} disabled={isPending} isMissing={decision.isTenantMissing} />
          <ExpiryField days={days} onChange={setDays} disabled={isPending} />
        </ColumnLayout>
        {me !== undefined && <ObstacleAlert me={me} />}
        {(unread ?? error) !== null && <Refusal error={unread ?? error} />}
        <div className="connect-buttons">
          <Button
            disabled={isPending}
            loading={decision.isDenying}
            loadingText="Denying"
            onClick={() => send({ decision: 'deny' })}
          >
            Deny
          </Button>
          <Button
            variant="primary"
            disabled={isPending || !mayApprove}
            loading={decision.isApproving}
            loadingText="Approving"
            onClick={() => send({ decision: 'approve', expires_in_days: days })}
          >
            Approve
          </Button>
        </div>
      </SpaceBetween>
    </Container>
  );
}
