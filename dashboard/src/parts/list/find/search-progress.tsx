import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { number, plural } from '../../plural';
import type { Pages } from '../use-pages';

interface SearchProgressProps {
  readonly pages: Pick<Pages<unknown>, 'items' | 'search'>;
  /** Lower-case: `run`, `runs`. */
  readonly noun: [one: string, many: string];
}

/** How far a filtered list has been searched for the rows of this page. Nothing once the page is full or all is searched. */
export function SearchProgress({ pages: { items, search }, noun }: SearchProgressProps) {
  if (!search.hasMore) return null;
  const searched = `Searched ${plural(search.rowsSearched, ...noun)}`;
  if (search.isOn) {
    return (
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <StatusIndicator type="loading">
          {searched}, {number(items.length)} found so far
        </StatusIndicator>
        <Button onClick={search.stop}>Stop</Button>
      </SpaceBetween>
    );
  }
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="center">
      <LiveRegion>
        {searched}, {number(items.length)} found. Older {noun[1]} were not searched.
      </LiveRegion>
      <Button onClick={search.goOn}>Search further</Button>
    </SpaceBetween>
  );
}
