import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

/** One thing that the person should know, below its name. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      {children}
    </div>
  );
}
