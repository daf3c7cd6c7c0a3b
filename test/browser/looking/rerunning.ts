import type { Dashboard } from '../dashboard';
import { keepScreenshot } from '../dashboard';
import { button, dialog, goTo, queuedNumber } from '../on-the-page';
import { aWorkflow, field, manager, runsUsed } from './typed-promo';

export function rerunning(getDashboard: () => Dashboard): void {
  describe('a re-run with the current version, whose inputs the old input does not fit', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    /** A workflow that declares inputs since its last run. */
    async function anOlderRun(name: string): Promise<number> {
      const { stack } = dashboard;
      const steps = [{ type: 'log', message: 'Go {{input.campaign}}' }];
      const id = await aWorkflow(stack, name, { steps });
      const body = { input: { campaing: 'Spring', n: 'many', tag: 'a' } };
      const run = (await stack.call('POST', `/api/v1/workflows/${id}/runs`, { body })).body.id;
      const inputs = { campaign: { type: 'string', required: true }, tag: { type: 'string' }, n: { type: 'integer' } };
      await stack.call('PUT', `/api/v1/workflows/${id}`, { body: { name, recipe: { inputs, steps } } });
      return run;
    }

    it('says so before it is sent, and opens Run now with the old values', async () => {
      const run = await anOlderRun('Declared later');
      const used = await runsUsed(dashboard.stack);
      const { page, open } = await dashboard.signIn(manager);
      await open(`/workflow-runs/${run}`);
      await button(page, 'Re-run').click();
      const shown = dialog(page);
      await shown.getByLabel('The current version').check();
      await shown.getByText('campaign: Required: enter a value.').waitFor();
      await keepScreenshot(page, 'rerun-misfit');
      await button(shown, 'Open Run now with its values').click();

      await shown.getByText('These are the values of the earlier run.').waitFor();
      await shown.getByText('Left out, because the field does not take it: n.').waitFor();
      expect(await field(page, 'tag').inputValue()).toBe('a');
      expect(JSON.parse(await shown.getByLabel('Further values as JSON').inputValue())).toEqual({ campaing: 'Spring' });
      expect(await runsUsed(dashboard.stack)).toBe(used);
      await field(page, 'campaign').fill('Spring');
      await button(shown, 'Run now').click();
      const started = await queuedNumber(page);
      expect((await dashboard.stack.call('GET', `/api/v1/workflow-runs/${started}`)).body.input).toEqual({
        ...{ campaign: 'Spring', tag: 'a', campaing: 'Spring' },
      });
    }, 60_000);

    it('says so of each of several runs when the API refuses them, and offers the same', async () => {
      const runs = [await anOlderRun('Declared later, one'), await anOlderRun('Declared later, two')];
      const { page } = await dashboard.signIn(manager);
      await goTo(page, 'Usage');
      await goTo(page, 'Workflow Runs');
      for (const run of runs) await page.getByRole('checkbox', { name: `Select run #${run}`, exact: true }).check();
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Re-run' }).click();
      const shown = dialog(page);
      await shown.getByLabel('The current version').check();
      await button(shown, 'Re-run 2 runs').click();
      await shown.getByText('0 runs done, 2 refused').waitFor();
      expect(await shown.innerText()).toMatch(
        new RegExp(
          `#${runs[0]}:.*The input of run ${runs[0]} does not fit the current version: campaign: Required`,
          's',
        ),
      );
      expect(await shown.innerText()).not.toContain('#/');
      await keepScreenshot(page, 'rerun-refused');
      await button(shown, `Open Run now with its values: run #${runs[0]}`).click();

      await shown.getByText('These are the values of the earlier run.').waitFor();
      expect(await field(page, 'tag').inputValue()).toBe('a');
      await button(shown, 'Cancel').click();
    }, 60_000);
  });
}
