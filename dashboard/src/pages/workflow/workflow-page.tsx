import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useParams } from 'react-router';
import { besidePace } from '../../api/pace';
import type { Tagged, WorkflowDetail } from '../../api/routes';
import { useRead } from '../../api/use-api';
import { GoButton } from '../../parts/go';
import { LoadState } from '../../parts/load-state';
import { NeedsPlan } from '../../parts/needs-plan';
import { useNamePage } from '../../parts/page-names';
import { whyNotRunnable } from '../../run-now/may-run';
import { RunDialog } from '../../run-now/run-dialog';
import { useSession } from '../../session/session';
import { ActivationDialog } from './activation-dialog';
import { DeclaredInputs } from './declared-inputs';
import { RecentRuns } from './recent-runs';
import { RecipeTabs } from './recipe-tabs';
import { WorkflowSummary } from './summary';

export function WorkflowPage() {
  const { workflowId = '' } = useParams();
  const { planIncludes } = useSession();
  if (!planIncludes('dashboard')) return <NeedsPlan page="Workflows" />;
  return <LoadedWorkflow key={workflowId} id={workflowId} />;
}

function LoadedWorkflow({ id }: { id: string }) {
  const workflow = useRead('GET workflows/{id}', { id }, { poll: besidePace });
  return (
    <LoadState of={workflow} noun="workflow">
      {(detail) => <Workflow workflow={detail} />}
    </LoadState>
  );
}

function Workflow({ workflow }: { workflow: Tagged<WorkflowDetail> }) {
  useNamePage(`/workflows/${workflow.id}`, workflow.name);
  const reason = whyNotRunnable(workflow, useSession());
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={workflow.description}
          info={reason !== undefined && <Box color="text-body-secondary">{reason}</Box>}
          actions={<Actions workflow={workflow} />}
        >
          {workflow.name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <WorkflowSummary workflow={workflow} />
        <DeclaredInputs workflow={workflow} />
        <RecipeTabs workflow={workflow} />
        <RecentRuns workflowId={workflow.id} />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Actions({ workflow }: { workflow: Tagged<WorkflowDetail> }) {
  const session = useSession();
  const [dialog, setDialog] = useState<'run' | 'set_active'>();
  const close = () => setDialog(undefined);
  if (!session.mayManage) return null;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button onClick={() => setDialog('set_active')}>{workflow.active ? 'Deactivate' : 'Activate'}</Button>
      {session.mayAuthor && <GoButton to={`/workflows/${workflow.id}/edit`}>Edit recipe</GoButton>}
      {whyNotRunnable(workflow, session) === undefined && (
        <Button variant="primary" onClick={() => setDialog('run')}>
          Run now
        </Button>
      )}
      {dialog === 'run' && <RunDialog workflow={workflow} close={close} />}
      {dialog === 'set_active' && <ActivationDialog workflow={workflow} close={close} />}
    </SpaceBetween>
  );
}
