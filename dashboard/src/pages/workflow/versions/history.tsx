import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { Tagged, WorkflowDetail } from '../../../api/routes';
import { useWholeList } from '../../../parts/list/use-whole-list';
import { NoRows } from '../../../parts/load-state';
import { useSession } from '../../../session/session';
import { RestoreDialog } from '../restore-dialog';
import { Choice } from './choice';
import { versionColumns } from './columns';
import { Compare } from './compare';

/** Lists every version. The selected one is compared with another, at first the current one, and can be restored. */
export function VersionHistory({ workflow }: { workflow: Tagged<WorkflowDetail> }) {
  const { mayAuthor } = useSession();
  const [chosen, setChosen] = useState<number>();
  const [other, setOther] = useState<number>();
  // The version that was asked for: when others save meanwhile, another one becomes the first to choose.
  const [restored, setRestored] = useState<number>();
  const { items, loading, error, refresh } = useWholeList({
    route: 'GET workflows/{id}/versions',
    id: workflow.id,
    load: (call, query) => call('GET workflows/{id}/versions', { id: workflow.id, query }),
  });
  const version = chosen ?? items.find(({ version: number }) => number < workflow.version)?.version;
  const selected = items.filter(({ version: number }) => number === version);
  const to = other ?? workflow.version;
  const isOlder = version !== undefined && version !== workflow.version;
  return (
    <SpaceBetween size="l">
      <Table
        variant="embedded"
        header={
          <Header
            variant="h3"
            counter={loading ? '' : `(${items.length})`}
            actions={
              mayAuthor && (
                <Button disabled={!isOlder} onClick={() => setRestored(version)}>
                  {isOlder ? `Restore version ${version}` : 'Restore'}
                </Button>
              )
            }
          >
            Versions
          </Header>
        }
        columnDefinitions={versionColumns}
        items={items}
        trackBy={(item) => String(item.version)}
        loading={loading}
        loadingText="Loading versions"
        selectionType="single"
        selectedItems={selected}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0]?.version)}
        onRowClick={({ detail }) => setChosen(detail.item.version)}
        ariaLabels={{
          tableLabel: 'Versions',
          selectionGroupLabel: 'Version to compare',
          itemSelectionLabel: (_, item) => `Compare version ${item.version}`,
        }}
        empty={<NoRows error={error} retry={refresh} title="No versions" />}
      />
      {version !== undefined && (
        <Choice
          versions={items}
          from={version}
          to={to}
          choose={(from, newTo) => {
            setChosen(from);
            setOther(newTo);
          }}
        />
      )}
      {version !== undefined && version !== to && <Compare workflowId={workflow.id} from={version} to={to} />}
      {restored !== undefined && (
        <RestoreDialog workflow={workflow} version={restored} close={() => setRestored(undefined)} />
      )}
    </SpaceBetween>
  );
}
