import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { AuthorizationRequest, Decision } from '../../api/routes';
import { Clock } from '../../parts/time';
import { useInFront } from './use-in-front';

interface AnswersProps {
  readonly request: AuthorizationRequest;
  readonly pressed: (decision: Decision['decision']) => void;
  /** What is being sent. */
  readonly sending: Decision['decision'] | undefined;
  readonly mayApprove: boolean;
}

/** The two answers, and until when they are taken. */
export function Answers({ request: { decide_before: end }, pressed, sending, mayApprove }: AnswersProps) {
  const isInFront = useInFront();
  const isPending = sending !== undefined;
  return (
    <div className="connect-answers">
      <Box variant="small">
        Decide before <Clock at={end} />
      </Box>
      <div className="connect-buttons">
        <Button disabled={isPending} loading={sending === 'deny'} loadingText="Denying" onClick={() => pressed('deny')}>
          Deny
        </Button>
        <Button
          variant="primary"
          disabled={isPending || !mayApprove}
          loading={sending === 'approve'}
          loadingText="Approving"
          onClick={() => {
            if (isInFront()) pressed('approve');
          }}
        >
          Approve
        </Button>
      </div>
    </div>
  );
}
