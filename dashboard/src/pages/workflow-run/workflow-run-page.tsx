import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from 'react-router';
import type { RunDetail } from '../../api/routes';
import { JsonView } from '../../parts/json-view';
import { LoadState } from '../../parts/load-state';
import { NeedsPlan } from '../../parts/needs-plan';
import { useRun } from '../../run/use-run';
import { useSession } from '../../session/session';
import { RunActions } from './actions';
import { RunFailure } from './failure';
import { StepList } from './step-list';
import { RecentRuns } from './recent/recent-runs';
import { RunSummary } from './summary';
import { Timeline } from './timeline/timeline';

export function WorkflowRunPage() {
  const { runId = '' } = useParams();
  const { planIncludes } = useSession();
  if (!planIncludes('dashboard')) return <NeedsPlan page="Workflow Runs" />;
  return <WorkflowRun key={runId} runId={runId} />;
}

function WorkflowRun({ runId }: { runId: string }) {
  const run = useRun(runId);
  return (
    <LoadState of={run} noun="run">
      {(detail) => <Detail run={detail} />}
    </LoadState>
  );
}

function Detail({ run }: { run: RunDetail }) {
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={run.workflow_name} actions={<RunActions run={run} />}>
          Workflow run #{run.id}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <RunFailure run={run} />
        <RunSummary run={run} />
        {run.steps.length > 0 && (
          <Container
            header={
              <Header variant="h2" description="When each step and each attempt of its deliveries was made.">
                Timeline
              </Header>
            }
          >
            <Timeline run={run} />
          </Container>
        )}
        <Container header={<Header variant="h2">Steps</Header>}>
          <StepList run={run} />
        </Container>
        <RecentRuns run={run} />
        <Container header={<Header variant="h2">Input</Header>}>
          {Object.keys(run.input).length === 0 ? 'The run has no input.' : <JsonView value={run.input} name="input" />}
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}
