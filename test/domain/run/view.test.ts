import type { Run, TrailEntry } from '../../../functions/domain/run/run';
import { runDetailViewSchema, viewRun, viewSteps } from '../../../functions/domain/run/view';
import { aDelay, aLog, aRecipe, aRun, aTrailEntry, aWebhookStep, noon } from '../../support/builders';

const recipe = aRecipe();
const inTwoSeconds = '2026-11-22T12:00:02.000Z';
const delayEntry = aTrailEntry({
  type: 'delay',
  finished_at: inTwoSeconds,
  output: { seconds: 2, resume_at: inTwoSeconds },
});

function steps(run: Partial<Run>, trail: TrailEntry[], now = noon, stored: unknown = recipe) {
  return viewSteps(aRun(run), trail, stored, [], now);
}

describe('the steps of a run', () => {
  it('are all pending before it began', () => {
    expect(steps({}, [])).toEqual(
      (['log', 'delay', 'fire_webhook_event'] as const).map((type, index) => ({
        index,
        type,
        status: 'pending',
        started_at: null,
        finished_at: null,
        output: null,
        error: null,
      })),
    );
  });

  it('show a delay at work until its end', () => {
    const during = steps({ status: 'running' }, [aTrailEntry(), delayEntry]);
    const after = steps({ status: 'running' }, [aTrailEntry(), delayEntry], new Date(inTwoSeconds));

    expect(during.map(({ status }) => status)).toEqual(['succeeded', 'running', 'pending']);
    expect(during[1]).toMatchObject({ finished_at: null, output: { seconds: 2, resume_at: inTwoSeconds } });
    expect(after[1]).toMatchObject({ status: 'succeeded', finished_at: inTwoSeconds });
  });

  it('never reached are skipped once the run ended', () => {
    const trail = [
      aTrailEntry({
        status: 'failed',
        output: null,
        error: { code: 'rendered_too_large', message: 'The message is too large.' },
      }),
    ];

    const [first, ...rest] = steps({ status: 'failed' }, trail);

    expect(first).toMatchObject({ status: 'failed', output: null, error: { code: 'rendered_too_large' } });
    expect(rest.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  });

  it('show the delay during which a run was cancelled as skipped, at the time of the cancel', () => {
    const at = '2026-11-22T12:00:01.000Z';

    const viewed = steps({ status: 'cancelled', finished_at: at }, [aTrailEntry(), delayEntry], new Date(inTwoSeconds));

    expect(viewed[1]).toMatchObject({ status: 'skipped', finished_at: at });
  });

  it('of a run whose recipe was refused are none', () => {
    const refused = { steps: Array.from({ length: 51 }, () => aLog()) };

    expect(steps({ status: 'failed', steps_total: 51 }, [], noon, refused)).toEqual([]);
  });

  it('stay visible when a later rule would refuse the recipe they came from', () => {
    const outlawed = { steps: [aLog(), { type: 'shell' }] };

    const viewed = steps({ status: 'succeeded' }, [aTrailEntry(), delayEntry], new Date(inTwoSeconds), outlawed);

    expect(viewed.map(({ type, status }) => [type, status])).toEqual([
      ['log', 'succeeded'],
      ['delay', 'succeeded'],
    ]);
  });

  it('list the deliveries of their own event, as they are now', () => {
    const stored = aRecipe({ steps: [aWebhookStep(), aWebhookStep(), aDelay(1)] });
    const fired = aTrailEntry({
      type: 'fire_webhook_event',
      output: { event: 'campaign.kickoff', matched_endpoints: 1 },
    });
    const delivery = (id: string, step_index: number) => ({ id, endpoint_id: 'ep_1', status: 'pending', step_index });

    const viewed = viewSteps(
      aRun({ status: 'running' }),
      [fired, fired],
      stored,
      [delivery('dlv_1', 0), delivery('dlv_2', 1), delivery('dlv_3', 1)],
      noon,
    );

    expect(viewed.map(({ output }) => output)).toEqual([
      {
        event: 'campaign.kickoff',
        matched_endpoints: 1,
        deliveries: [{ id: 'dlv_1', endpoint_id: 'ep_1', status: 'pending' }],
      },
      {
        event: 'campaign.kickoff',
        matched_endpoints: 1,
        deliveries: [
          { id: 'dlv_2', endpoint_id: 'ep_1', status: 'pending' },
          { id: 'dlv_3', endpoint_id: 'ep_1', status: 'pending' },
        ],
      },
      null,
    ]);
  });
});

it('A run is shown in full and as the schema says, without what only the engine needs', () => {
  const shown = { ...viewRun(aRun()), input: {}, steps: steps({}, []) };

  expect(runDetailViewSchema.parse(shown)).toEqual(shown);
  for (const internal of ['cursor', 'engine', 'restarts', 'day', 'resume_at'])
    expect(shown).not.toHaveProperty(internal);
});
