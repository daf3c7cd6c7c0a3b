import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import { plural } from '../../plural';
import type { Arrivals } from './use-arrivals';

interface RefreshButtonProps {
  /** Lower-case plural: `runs`. */
  readonly nouns: string;
  readonly refresh: () => void;
  readonly arrivals?: Arrivals;
}

/**
 * Reads a list again. If new rows are held back, it says how many they are: in the place of the button, because a message
 * of its own would move the rows. Screen readers are told once, however many come.
 */
export function RefreshButton({ nouns, refresh, arrivals }: RefreshButtonProps) {
  const count = arrivals?.count ?? 0;
  const text = count > 0 ? plural(count, `new ${singular(nouns)}`, `new ${nouns}`) : undefined;
  return (
    <>
      <Button
        iconName="refresh"
        ariaLabel={text === undefined ? `Refresh ${nouns}` : `Show ${text}`}
        onClick={() => {
          arrivals?.show();
          refresh();
        }}
      >
        {text}
      </Button>
      <LiveRegion hidden>
        {text !== undefined && `There are new ${nouns}. The button above the table shows them.`}
      </LiveRegion>
    </>
  );
}

/** `run` of `runs`, `delivery` of `deliveries`. */
function singular(nouns: string): string {
  return nouns.replace(/ies$/, 'y').replace(/s$/, '');
}
