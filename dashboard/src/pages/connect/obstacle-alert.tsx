import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import type { Me } from '../../api/routes';
import { titled } from '../../parts/statuses';
import { smallestPlanWith } from '../../session/plans';
import { useSession } from '../../session/session';
import type { Obstacle } from './obstacle';

/** Says why the person cannot approve the app for this tenant, and who can help. */
export function ObstacleAlert({ obstacle, me }: { obstacle: Obstacle; me: Me }) {
  const { tenant } = me;
  switch (obstacle) {
    case 'plan':
      return (
        <Alert type="warning" header={`Apps need the ${titled(smallestPlanWith(me, 'mcp'))} plan or above`}>
          {tenant.name} is on the {titled(tenant.plan)} plan, which does not include MCP.
          <SupportLink before=" To upgrade, write to " subject={`MCP for ${tenant.name}`} />
        </Alert>
      );
    case 'permission':
      return (
        <Alert type="warning" header="You cannot approve apps for this tenant">
          In {tenant.name} you may look at everything and change nothing. Ask a member who may manage agents to connect
          the app.
          <SupportLink before=" To get that permission yourself, write to " subject={`Permission in ${tenant.name}`} />
        </Alert>
      );
  }
}

/** Nothing if the deployment names no address. */
function SupportLink({ before, subject }: { before: string; subject: string }) {
  const { supportEmail } = useSession();
  if (supportEmail === undefined) return null;
  return (
    <>
      {before}
      <Link href={`mailto:${supportEmail}?subject=${encodeURIComponent(subject)}`}>{supportEmail}</Link>.
    </>
  );
}
