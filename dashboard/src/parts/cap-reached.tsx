import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import { useSession } from '../session/session';
import { Go } from './go';
import { localAndUtc } from './time';

/** The refusal above the daily run cap: the same heading over every door, when it resets and how to raise it. */
export function CapReached({ resetsAt }: { resetsAt: string | undefined }) {
  const { supportEmail, me } = useSession();
  return (
    <Alert type="warning" header="Daily workflow cap reached">
      The run was not started and nothing was charged. {resetsAt && <>The cap resets at {localAndUtc(resetsAt)}. </>}
      For more runs a day, upgrade the {me.tenant.plan} plan
      {supportEmail !== undefined && (
        <>
          {' '}
          or write to{' '}
          <Link
            external={false}
            href={`mailto:${supportEmail}?subject=${encodeURIComponent(`Daily run cap of ${me.tenant.name}`)}`}
          >
            {supportEmail}
          </Link>
        </>
      )}
      . <Go to="/usage">See which runs used it</Go>
    </Alert>
  );
}
