import Box from '@cloudscape-design/components/box';
import Icon from '@cloudscape-design/components/icon';
import type { ReactNode } from 'react';

/** Something to look at again. A `StatusIndicator` would break a sentence within its words. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <Box color="text-status-warning">
      <Icon name="status-warning" size="small" ariaLabel="Warning" /> {children}
    </Box>
  );
}
