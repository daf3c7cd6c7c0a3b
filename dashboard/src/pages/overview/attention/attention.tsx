import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Overview } from '../../../../../functions/domain/run/overview/view';
import { plural } from '../../../parts/plural';
import { capLines } from './cap';
import { endpointLines } from './endpoints';
import { failureLines } from './failures';

/** What needs a person, each with the way to it. */
export function Attention({ overview }: { overview: Overview | undefined }) {
  const lines =
    overview === undefined ? undefined : [...capLines(overview), ...failureLines(overview), ...endpointLines(overview)];
  return (
    <Container
      fitHeight
      header={
        <Header variant="h2" {...(lines !== undefined && lines.length > 0 && { counter: `(${lines.length})` })}>
          Needs attention
        </Header>
      }
    >
      {lines === undefined && <StatusIndicator type="loading">Looking</StatusIndicator>}
      {overview !== undefined && lines?.length === 0 && <AllWell overview={overview} />}
      {lines !== undefined && lines.length > 0 && (
        <ul className="lines">
          {lines.map(({ id, content }) => (
            <li key={id}>{content}</li>
          ))}
        </ul>
      )}
      <LiveRegion hidden>
        {lines !== undefined &&
          (lines.length === 0 ? 'Nothing needs attention.' : `${plural(lines.length, 'thing')} to look at.`)}
      </LiveRegion>
    </Container>
  );
}

function AllWell({ overview: { runs, endpoints, window } }: { overview: Overview }) {
  const counted = runs.succeeded + runs.cancelled;
  return (
    <>
      <StatusIndicator type="success">Nothing needs you right now</StatusIndicator>
      <Box color="text-body-secondary" padding={{ top: 'xs' }}>
        {window.complete && counted > 0 && 'No run of the last 24 hours has failed. '}
        {endpoints !== null && endpoints.total > 0 && 'No webhook endpoint is failing.'}
      </Box>
    </>
  );
}
