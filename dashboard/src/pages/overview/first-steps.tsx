import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type { Overview } from '../../../../functions/domain/run/overview/view';
import { useRead } from '../../api/use-api';
import { GoButton } from '../../parts/go';
import { useSession, type Session } from '../../session/session';

/** What a tenant without runs does first. It goes away with the first run. */
export function FirstSteps({ overview: { endpoints } }: { overview: Overview }) {
  const session = useSession();
  const workflows = useRead('GET workflows', { query: { limit: 1 } });
  const hasWorkflow = workflows.data !== undefined && workflows.data.data.length > 0;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="A workflow is a recipe of steps. Each time it runs, this page shows how it went."
        >
          Start your first run
        </Header>
      }
    >
      <Steps
        ariaLabel="First steps"
        steps={[workflowStep(session, hasWorkflow), endpointStep(session, endpoints), runStep(session, hasWorkflow)]}
      />
    </Container>
  );
}

function workflowStep({ mayAuthor, supportEmail }: Session, isDone: boolean): StepsProps.Step {
  if (isDone)
    return { ...done, header: 'There is a workflow', details: <GoButton to="/workflows">See workflows</GoButton> };
  return {
    ...open,
    header: mayAuthor ? 'Write a workflow' : 'Get a workflow',
    details: mayAuthor ? (
      <GoButton to="/workflows/new">New workflow</GoButton>
    ) : (
      `This tenant does not write its own recipes. Ask ${supportEmail ?? 'your account manager'} for one.`
    ),
  };
}

function endpointStep({ mayManage }: Session, endpoints: Overview['endpoints']): StepsProps.Step {
  const header = 'Say where its events go';
  if (endpoints !== null && endpoints.total > 0)
    return { ...done, header, details: <GoButton to="/webhook-endpoints">See webhook endpoints</GoButton> };
  return {
    ...open,
    header: `${header} (if it sends any)`,
    details: mayManage ? (
      <GoButton to="/webhook-endpoints">Register a webhook endpoint</GoButton>
    ) : (
      'A member who may manage agents registers a webhook endpoint.'
    ),
  };
}

function runStep({ mayManage }: Session, hasWorkflow: boolean): StepsProps.Step {
  return {
    ...open,
    header: 'Run it',
    details: !mayManage ? (
      'A member who may manage agents starts it. You see here how it goes.'
    ) : hasWorkflow ? (
      <GoButton to="/workflows">Choose a workflow to run</GoButton>
    ) : (
      'Here with one click, or from a program or an agent with an access token.'
    ),
  };
}

const done = { status: 'success', statusIconAriaLabel: 'Done' } as const;
const open = { status: 'pending', statusIconAriaLabel: 'To do' } as const;
