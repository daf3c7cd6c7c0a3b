import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import '../../session/centered.css';
import './connect.css';

/** The page without the menu and the bar of the dashboard: nothing on it leads away from the question. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <main className="centered">
      <title>Connect an app · Coffield Workflows</title>
      <div className="connect">
        <SpaceBetween size="s">
          <Box variant="strong" color="text-body-secondary">
            Coffield Workflows
          </Box>
          {children}
        </SpaceBetween>
      </div>
    </main>
  );
}
