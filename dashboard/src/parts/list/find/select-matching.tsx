import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { number, plural } from '../../plural';
import { Refusal } from '../../refusal';
import { mostMatching, type Matching } from './use-matching';

interface SelectMatchingProps {
  readonly matching: Pick<Matching<unknown>, 'isOffered' | 'collected' | 'collect' | 'stop'>;
  /** Lower-case: `run`, `runs`. */
  readonly noun: [one: string, many: string];
  readonly isFiltered: boolean;
}

/** Offers to select the rows of the other pages too, once all of a page are selected. */
export function SelectMatching({
  matching: { isOffered, collected, collect, stop },
  noun,
  isFiltered,
}: SelectMatchingProps) {
  if (!isOffered) return null;
  const [, many] = noun;
  const which = isFiltered ? `${many} that match the filter` : many;
  if (collected === undefined) {
    return (
      <Button onClick={() => void collect()}>
        Select all {which} (at most {number(mostMatching)})
      </Button>
    );
  }
  if (collected.error !== null) {
    return <Refusal error={collected.error} action={<Button onClick={() => void collect()}>Try again</Button>} />;
  }
  const count = plural(collected.rows.length, ...noun);
  if (collected.isOn) {
    return (
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <StatusIndicator type="loading">Found {count}</StatusIndicator>
        <Button onClick={stop}>Stop</Button>
      </SpaceBetween>
    );
  }
  return (
    <LiveRegion>
      {collected.isCut
        ? `The newest ${count} of all ${which} are selected. There may be more; repeat this for the others.`
        : `All ${count}${isFiltered ? ' that match the filter' : ''} are selected.`}{' '}
      Unselect a row to select only those of this page.
    </LiveRegion>
  );
}
