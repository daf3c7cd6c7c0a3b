import fc from 'fast-check';
import type { Database } from '../../functions/aws/database';
import { ProductError } from '../../functions/domain/errors';
import { isTerminal, mayBecome, type RunStatus } from '../../functions/domain/run-status';
import { parseRecipe } from '../../functions/domain/workflow/parse-recipe';
import { runSegment } from '../../functions/run-segment/run-segment';
import { startEngine } from '../faults/simulation/engine';
import { anAcceptedRun } from '../run-segment/harness';
import { walk } from '../run-segment/walk';
import { breaking, type Failure } from '../support/requests';
import { sampled } from '../support/sample';
import { times } from './check';
import { input, invalidRecipe, validRecipe } from './recipes';

let table: Database;
beforeAll(async () => (table = await startEngine().newTable([])));

type AcceptedRun = Awaited<ReturnType<typeof anAcceptedRun>>;

/** What goes wrong in one call of a segment. */
type SegmentFault =
  'none' | 'called again' | 'called twice at once' | 'called with the first input again' | 'cancelled' | Failure;
const fault = fc.oneof(
  { weight: 12, arbitrary: fc.constant<SegmentFault>('none') },
  {
    weight: 12,
    arbitrary: fc.constantFrom<SegmentFault>(
      'called again',
      'called twice at once',
      'called with the first input again',
      'lost request',
      'lost response',
    ),
  },
  { weight: 1, arbitrary: fc.constant<SegmentFault>('cancelled') },
);

/**
 * Runs the deployed state machine on the run, with one fault for each segment.
 *
 * @returns how the execution ended, and the statuses the run went through
 */
async function runToEnd(run: AcceptedRun, faults: readonly SegmentFault[]) {
  const statuses: RunStatus[] = [(await run.row()).status];
  let segments = 0;
  const segment = async (segmentInput: any): Promise<object> => {
    const fault = faults[segments] ?? 'none';
    segments += 1;
    const answer = await callSegment(run, segmentInput, fault);
    statuses.push((await run.row()).status);
    return answer;
  };
  const { end } = await walk(run.firstInput, segment, run.clock);
  return { end, statuses };
}

async function callSegment(run: AcceptedRun, given: any, fault: SegmentFault): Promise<object> {
  const { deps, tenantId, firstInput } = run;
  switch (fault) {
    case 'called again':
      await runSegment(deps, given);
      return runSegment(deps, given);
    case 'called twice at once':
      return (await Promise.all([runSegment(deps, given), runSegment(deps, given)]))[0];
    case 'called with the first input again':
      await runSegment(deps, firstInput);
      return runSegment(deps, given);
    case 'cancelled':
      await deps.progress.end(tenantId, firstInput.run_id, {
        status: 'cancelled',
        at: run.clock.now().toISOString(),
        error: null,
      });
      return runSegment(deps, given);
    case 'lost request':
    case 'lost response': {
      const { database } = breaking(table, fault, ({ input: sent }) =>
        /^SET trail/.test(String(sent.UpdateExpression)),
      );
      await runSegment(run.withDatabase(database), given).catch(() => undefined);
      return runSegment(deps, given);
    }
    case 'none':
      return runSegment(deps, given);
  }
}

test('a run with any recipe, input and faults ends, and its trail has each performed step once', async () => {
  await fc.assert(
    fc.asyncProperty(validRecipe, input, fc.array(fault, { maxLength: 8 }), async (recipe, given, faults) => {
      const run = await anAcceptedRun(table, { plan: 'custom', recipe, input: given });

      const { end, statuses } = await runToEnd(run, faults);

      const { status, trail, cursor, steps_succeeded, steps_failed, error, finished_at } = await run.row();
      expect(isTerminal(status)).toBe(true);
      expect(end).toBe(status === 'failed' ? 'Fail' : 'Succeed');
      expect(finished_at).not.toBeNull();
      for (const [at, to] of statuses.entries()) {
        const from = statuses[at - 1] ?? to;
        expect([from === to, from === to || mayBecome(from, to)]).toEqual([from === to, true]);
      }
      expect(trail.map(({ type }) => type)).toEqual(recipe.steps.slice(0, cursor).map(({ type }) => type));
      expect(steps_failed).toBe(trail.filter((entry) => entry.status === 'failed').length);
      if (status === 'cancelled') return;
      expect(steps_succeeded + steps_failed).toBe(trail.length);
      expect(status).toBe(steps_failed > 0 ? 'failed' : 'succeeded');
      expect(error === null).toBe(steps_failed === 0);
      const stopsEarly = steps_failed > 0 && recipe.continue_on_error !== true;
      expect(stopsEarly ? trail.at(-1)?.status : trail.length).toBe(stopsEarly ? 'failed' : recipe.steps.length);
    }),
    times(sampled({ whole: 40, sample: 15 })),
  );
});

test('a run with any invalid stored recipe fails and performs no step', async () => {
  await fc.assert(
    fc.asyncProperty(invalidRecipe, async (recipe) => {
      const refused = refusalOf(recipe);
      const run = await anAcceptedRun(table, { plan: 'custom', recipe });

      const { end } = await runToEnd(run, []);

      expect(end).toBe('Fail');
      expect(run.fired).toEqual([]);
      expect(await run.row()).toMatchObject({
        status: 'failed',
        cursor: 0,
        trail: [],
        error: { code: refused, step: null },
      });
    }),
    times(sampled({ whole: 40, sample: 15 })),
  );
});

function refusalOf(recipe: unknown): string {
  try {
    parseRecipe(recipe);
  } catch (error) {
    if (error instanceof ProductError) return error.code;
  }
  throw new Error('The recipe is valid');
}
