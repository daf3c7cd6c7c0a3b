import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import type { SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef, useState } from 'react';
import type { AuthorizationRequest } from '../../api/routes';
import { Refusal } from '../../parts/refusal';
import { Abilities } from './abilities';
import { Account } from './account';
import { Answers } from './answers';
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
  const { send, error, sending, isTenantMissing } = useDecision(uid, tenantId, handlers);
  const [days, setDays] = useState(90);
  const tenantField = useRef<SelectProps.Ref>(null);
  const isPending = sending !== undefined;
  const obstacle = me && obstacleFor(me);
  const mayApprove = tenantId === undefined || (me !== undefined && obstacle === undefined);
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
        <Abilities request={request} />
        <ColumnLayout columns={2}>
          <TenantField
            ref={tenantField}
            chosen={tenantId}
            choose={choose}
            disabled={isPending}
            isMissing={isTenantMissing}
          />
          <ExpiryField days={days} onChange={setDays} disabled={isPending} />
        </ColumnLayout>
        {me !== undefined && obstacle !== undefined && (
          <LiveRegion>
            <ObstacleAlert obstacle={obstacle} me={me} />
          </LiveRegion>
        )}
        {(unread ?? error) !== null && <Refusal error={unread ?? error} />}
        <Answers
          request={request}
          sending={sending}
          mayApprove={mayApprove}
          pressed={(answer) => {
            if (answer === 'approve' && tenantId === undefined) tenantField.current?.focus();
            send(answer === 'approve' ? { decision: answer, expires_in_days: days } : { decision: answer });
          }}
        />
      </SpaceBetween>
    </Container>
  );
}
