import Box from '@cloudscape-design/components/box';
import type { Json } from '../../../../../functions/domain/json';
import { useRead } from '../../../api/use-api';
import { LoadState } from '../../../parts/load-state';
import { Changes } from '../../../workflow/changes';

interface VersionDiffProps {
  readonly workflowId: number;
  readonly from: number;
  readonly to: number;
  /** The recipe of version `to`. */
  readonly recipe: Json;
}

/** The changes from one version to another, line by line. */
export function VersionDiff({ workflowId, from, to, recipe }: VersionDiffProps) {
  const version = useRead('GET workflows/{id}/versions/{version}', { id: workflowId, version: from });
  return (
    <LoadState of={version} noun="version">
      {(old) => (
        <div>
          <Box variant="h4">
            From version {from} to version {to}
          </Box>
          <Changes before={old.recipe} after={recipe} name={`Changes from version ${from} to ${to}`} />
        </div>
      )}
    </LoadState>
  );
}
