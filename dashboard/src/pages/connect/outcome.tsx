import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AuthorizationRequest, Decision } from '../../api/routes';
import { Go } from '../../parts/go';
import { AppName } from './who-asks';

export interface Decided {
  readonly decision: Decision['decision'];
  readonly request: AuthorizationRequest;
}

/** Shown while the browser leaves. It stays on screen if a program on this computer takes over. */
export function Leaving({ decided: { decision, request } }: { decided: Decided }) {
  return (
    <Container header={<Header variant="h1">{decision === 'approve' ? 'Approved' : 'Denied'}</Header>}>
      <LiveRegion>
        {decision === 'approve' ? 'You approved ' : 'You denied access to '}
        <AppName request={request} />. You are being sent back to it. If nothing happens, close this window and return
        to the app.
      </LiveRegion>
    </Container>
  );
}

/** The server gives one answer for all three reasons, so that a link tells nobody about the requests of others. */
export function Gone() {
  return (
    <Container header={<Header variant="h1">There is nothing to approve here</Header>}>
      <SpaceBetween size="s">
        <LiveRegion>
          The request of the app has expired, was decided already, or was begun in another browser. To connect the app,
          start again from the app and stay in the browser that it opens.
        </LiveRegion>
        <Go to="/access-tokens/connected-apps">See the connected apps</Go>
      </SpaceBetween>
    </Container>
  );
}
