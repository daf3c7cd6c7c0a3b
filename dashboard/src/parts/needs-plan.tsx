import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { PlanView } from '../../../functions/domain/tenant/plan';
import { channelNames, smallestPlanWith } from '../session/plans';
import { useSession } from '../session/session';
import { number } from './plural';
import { titled } from './statuses';

const list = new Intl.ListFormat('en-GB');

/** Shown in place of a page that the tenant's plan does not include: what the page would be, and which plan has it. */
export function NeedsPlan({ page }: { page: string }) {
  const { supportEmail, me } = useSession();
  const smallest = titled(smallestPlanWith(me, 'dashboard'));
  return (
    <ContentLayout header={<Header variant="h1">{page}</Header>}>
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">{`Workflows need the ${smallest} plan or above`}</Header>}>
          <SpaceBetween size="m">
            <Box variant="p">
              A workflow is a named recipe of up to 50 steps, such as an event that is sent to your webhook endpoints.
              You start it here with one click, or a program or an agent does, and every run keeps what each step did.
            </Box>
            <Box variant="p">
              {me.tenant.name} is on the {titled(me.tenant.plan)} plan. Webhook endpoints are open to you already.
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
          items={me.plans}
          trackBy="plan"
          ariaLabels={{ tableLabel: 'Plans' }}
          columnDefinitions={[
            { id: 'plan', header: 'Plan', isRowHeader: true, cell: ({ plan }) => titled(plan) },
            { id: 'workflows', header: 'Workflows from', cell: ({ channels }) => doorsOf(channels) },
            {
              id: 'cap',
              header: 'Daily run cap',
              cell: ({ daily_run_cap: cap }) => (cap === null ? 'Unlimited' : number(cap)),
            },
          ]}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

function doorsOf(channels: PlanView['channels']): string {
  return channels.length === 0 ? 'Not included' : list.format(channels.map((channel) => channelNames[channel]));
}
