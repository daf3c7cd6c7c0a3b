import Box from '@cloudscape-design/components/box';
import { useRead } from '../../../api/use-api';
import { LoadState } from '../../../parts/load-state';
import { Changes } from '../../../workflow/difference/changes';

interface CompareProps {
  readonly workflowId: number;
  readonly from: number;
  readonly to: number;
}

/** The changes from one version to another. A version never changes, so each is read once. */
export function Compare({ workflowId: id, from, to }: CompareProps) {
  const older = useRead('GET workflows/{id}/versions/{version}', { id, version: from });
  const newer = useRead('GET workflows/{id}/versions/{version}', { id, version: to });
  return (
    <LoadState of={older} noun="version">
      {(before) => (
        <LoadState of={newer} noun="version">
          {(after) => (
            <div>
              <Box variant="h4">
                From version {from} to version {to}
              </Box>
              <Changes before={before.recipe} after={after.recipe} name={`Changes from version ${from} to ${to}`} />
            </div>
          )}
        </LoadState>
      )}
    </LoadState>
  );
}
