import { startInProcess } from '../../engines/in-process/dynalite';
import { startFixture } from '../../faults/fixture';
import { flows } from '../../faults/flows';
import { initialStateOf } from '../../faults/initial-state';
import { startEngine } from '../../faults/simulation/engine';
import { newSimulation, runUntilIdle } from '../../faults/simulation/simulation';
import { alongside } from './comparison/alongside';

test('the table in memory answers every request of the flows of the fault walk as dynalite does', async () => {
  const both = alongside(startInProcess());
  const fixture = await startFixture(startEngine(both));

  for (const flow of flows) {
    const simulation = await newSimulation(fixture, flow, await initialStateOf(fixture, flow));
    await flow.act?.(simulation);
    await runUntilIdle(simulation);
  }
  await fixture.stop();

  expect(both.differences).toEqual([]);
  expect(both.expressions.size).toBeGreaterThan(50);
});
