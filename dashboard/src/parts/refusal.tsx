import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import LiveRegion from '@cloudscape-design/components/live-region';
import type { ReactNode } from 'react';
import { problemOf, type Problem } from '../api/api-error';
import { faultInWords } from '../api/field-faults';
import { EndedAlert } from '../session/end/ended-alert';
import { SessionEnded } from '../session/problems';
import { CapReached } from './cap-reached';
import { placeInWords } from './form/place-in-words';
import { number } from './plural';

interface RefusalProps {
  readonly error: unknown;
  readonly action?: ReactNode;
}

/** Shows why a call failed and what to do about it, in the API's own words, and says it to screen readers. */
export function Refusal(props: RefusalProps) {
  if (props.error instanceof SessionEnded) return <EndedAlert />;
  return (
    <LiveRegion assertive>
      <Reason {...props} />
    </LiveRegion>
  );
}

function Reason({ error, action }: RefusalProps) {
  const problem = problemOf(error);
  if (problem.code === 'daily_cap_reached')
    return <CapReached resetsAt={problem.resets_at}>The run was not started.</CapReached>;
  return (
    <Alert type="error" header={problem.title} action={action}>
      <Reasons problem={problem} />
      {problem.request_id !== null && (
        <Box variant="small" display="block">
          Request {problem.request_id}
        </Box>
      )}
    </Alert>
  );
}

const maxShown = 10;

/** What is wrong at which place. Where there are places, the problem's detail only repeats the first, for programs. */
export function Reasons({ problem: { errors, detail } }: { problem: Problem }) {
  if (errors.length === 0) return detail;
  const texts = errors.map((fault) => {
    const place = placeInWords(fault);
    return `${place === '' ? '' : `${place}: `}${faultInWords(fault)}`;
  });
  if (texts.length === 1) return texts[0];
  return (
    <ul>
      {texts.slice(0, maxShown).map((text, index) => (
        <li key={index}>{text}</li>
      ))}
      {texts.length > maxShown && <li>and {number(texts.length - maxShown)} more</li>}
    </ul>
  );
}
