import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Overview } from '../../../../functions/domain/run/overview/view';
import { useRead } from '../../api/use-api';
import { Part } from '../../parts/chunk/part';
import { LoadState } from '../../parts/load-state';
import { useSession } from '../../session/session';
import { Attention } from './attention/attention';
import { LatestRuns } from './latest-runs';
import './overview.css';
import { Outcomes } from './outcomes';
import { pollOverview } from './poll-overview';
import { Today } from './today';

/** The first page: whether all is well, and what needs a person. */
export function OverviewPage() {
  const { planIncludes } = useSession();
  return planIncludes('dashboard') ? <Live /> : <Part load={loadNeedsPlan} props={needsPlan} name="This page" />;
}

function Live() {
  const overview = useRead('GET overview', {}, { poll: pollOverview });
  const { data, error } = overview;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="How your workflows and webhook endpoints do. It is kept up to date by itself."
        >
          Overview
        </Header>
      }
    >
      {data === undefined && error !== null ? (
        <LoadState of={overview} noun="overview">
          {() => null}
        </LoadState>
      ) : (
        <Whole overview={data} />
      )}
    </ContentLayout>
  );
}

/**
 * While it is read, a frame stands where the data will, so that nothing moves when it comes. What differs in height stands
 * beside each other or comes last.
 */
function Whole({ overview }: { overview: Overview | undefined }) {
  if (overview?.latest.length === 0) return <New overview={overview} />;
  return (
    <SpaceBetween size="l">
      <Grid gridDefinition={besideEachOther(8)}>
        <Outcomes overview={overview} />
        <Today day={overview?.day} />
      </Grid>
      <Grid gridDefinition={besideEachOther(6)}>
        <Attention overview={overview} />
        {overview === undefined ? <></> : <LatestRuns runs={overview.latest} />}
      </Grid>
    </SpaceBetween>
  );
}

/** The page of a tenant in which nothing has run yet. */
function New({ overview }: { overview: Overview }) {
  return (
    <SpaceBetween size="l">
      <Part load={loadFirstSteps} props={{ overview }} name="The first steps" />
      <Attention overview={overview} />
    </SpaceBetween>
  );
}

/** @param left columns of 12, where there is room for both */
function besideEachOther(left: number) {
  return [{ colspan: { default: 12, s: left } }, { colspan: { default: 12, s: 12 - left } }];
}

const needsPlan = { page: 'Overview' };

async function loadNeedsPlan() {
  return (await import('../../parts/needs-plan')).NeedsPlan;
}

async function loadFirstSteps() {
  return (await import('./first-steps')).FirstSteps;
}
