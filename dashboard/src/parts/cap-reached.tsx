import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import { useSession } from '../session/session';
import { Go } from './go';
import { localAndUtc } from './time';

interface CapReachedProps {
  readonly resetsAt: string | undefined;
  /** What the reached cap means at this place, as a sentence. */
  readonly children: string;
}

/** Says that the daily run cap is used up, when it resets and how to raise it. REST API and MCP use its heading too. */
export function CapReached({ resetsAt, children }: CapReachedProps) {
  const { supportEmail, me } = useSession();
  return (
    <Alert type="warning" header="Daily workflow cap reached">
      {children} {resetsAt && <>The cap resets at {localAndUtc(resetsAt)}. </>}
      For more runs a day, upgrade from the {me.tenant.plan} plan
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
      . <Go to="/usage">See which runs used the cap</Go>
    </Alert>
  );
}
