import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useSession } from '../session/session';

const plans = [
  { plan: 'Starter', workflows: 'Not included', cap: '0' },
  { plan: 'Growth', workflows: 'Dashboard and MCP', cap: '100' },
  { plan: 'Pro', workflows: 'Dashboard, MCP and REST API', cap: '1,000' },
  { plan: 'Custom', workflows: 'Dashboard, MCP and REST API', cap: 'Unlimited' },
];

/** What a starter tenant sees in place of a page: what it would be, and which plan has it. */
export function NeedsPlan({ page }: { page: string }) {
  const { supportEmail, me } = useSession();
  return (
    <ContentLayout header={<Header variant="h1">{page}</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Workflows need the Growth plan or above</Header>}>
          <SpaceBetween size="m">
            <Box variant="p">
              A workflow is a named recipe of up to 50 steps: write a line to the run’s trail, fire an event to your
              webhook endpoints, pause for some seconds. You start it here with one click, or a program or an agent
              does, and every run keeps what each step did.
            </Box>
            <Box variant="p">
              {me.tenant.name} is on the Starter plan. Webhook endpoints and deliveries are open to you already.
              {supportEmail !== undefined && (
                <>
                  {' '}
                  To upgrade, write to{' '}
                  <Link
                    href={`mailto:${supportEmail}?subject=${encodeURIComponent(`Workflows for ${me.tenant.name}`)}`}
                  >
                    {supportEmail}
                  </Link>
                  .
                </>
              )}
            </Box>
          </SpaceBetween>
        </Container>
        <Table
          header={<Header variant="h2">Plans</Header>}
          items={plans}
          trackBy="plan"
          ariaLabels={{ tableLabel: 'Plans' }}
          columnDefinitions={[
            { id: 'plan', header: 'Plan', isRowHeader: true, cell: ({ plan }) => plan },
            { id: 'workflows', header: 'Workflows from', cell: ({ workflows }) => workflows },
            { id: 'cap', header: 'Daily run cap', cell: ({ cap }) => cap },
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}
