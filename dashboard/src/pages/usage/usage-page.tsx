import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { besidePace } from '../../api/pace';
import { useRead } from '../../api/use-api';
import { Part } from '../../parts/chunk/part';
import { LoadState } from '../../parts/load-state';
import { NeedsPlan } from '../../parts/needs-plan';
import { useSession } from '../../session/session';
import { RunsOfDay } from './runs-of-day';
import { Today } from './today';

export function UsagePage() {
  const { planIncludes } = useSession();
  return planIncludes('dashboard') ? <Usage /> : <NeedsPlan page="Usage" />;
}

function Usage() {
  const usage = useRead('GET usage', {}, { poll: besidePace });
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="A run counts once it is accepted, whatever its outcome. Refused requests and dry runs do not count."
        >
          Usage
        </Header>
      }
    >
      <LoadState of={usage} noun="usage">
        {(read) => (
          <SpaceBetween size="l">
            <Today usage={read} />
            <Container header={<Header variant="h2">The last 30 days</Header>}>
              <Part load={loadChart} props={{ usage: read }} name="The chart" />
            </Container>
            <RunsOfDay key={read.day} usage={read} />
          </SpaceBetween>
        )}
      </LoadState>
    </ContentLayout>
  );
}

async function loadChart() {
  return (await import('./usage-chart')).UsageChart;
}
