import type { Page, Route } from 'playwright-core';
import type { Dashboard, Person } from '../../dashboard';
import { focusIsOn } from '../../keyboard';
import { button, dialog, goTo, row } from '../../on-the-page';
import { asksBeforeUnload, gate, manager, refuse, standBack } from './interrupt';

const reruns = /\/workflow-runs\/\d+\/rerun$/;

export function bulkActs(getDashboard: () => Dashboard): void {
  describe('acts on several rows', () => {
    let dashboard: Dashboard;
    let person: Person;
    beforeAll(async () => {
      dashboard = getDashboard();
      const { stack } = dashboard;
      const { id } = (await stack.call('GET', '/api/v1/workflows')).body.data[0];
      for (let runs = 0; runs < 4; runs += 1) await stack.call('POST', `/api/v1/workflows/${id}/runs`);
    });
    beforeEach(async () => {
      person = await dashboard.signIn(manager);
    });
    afterEach(() => standBack(person, dashboard));

    it('leaves nothing selected after all rows were done', async () => {
      const { page } = person;
      await page.route(reruns, started);
      await openRerun(page, 3);
      await button(page, 'Re-run 3 runs').click();

      await page.getByText('3 runs queued.').waitFor();
      await page.getByText(/\(\d+ selected\)/).waitFor({ state: 'detached' });
      expect(await button(page, 'Actions').isDisabled()).toBe(true);
    }, 60_000);

    it('leaves those rows selected that were refused', async () => {
      const { page } = person;
      let asked = 0;
      await page.route(reruns, (route) => ((asked += 1) === 2 ? refuse(route, 'Not this one.') : started(route)));
      await openRerun(page, 3);
      await button(page, 'Re-run 3 runs').click();
      await dialog(page).getByText('2 runs done, 1 refused').waitFor();
      const [refused] = /#\d+/.exec(
        await dialog(page)
          .getByText(/Not this one/)
          .innerText(),
      )!;
      expect(await focusIsOn(page, 'Close')).toBe(true);
      await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();

      await page.getByText('(1 selected)').waitFor();
      expect(await row(page, refused).getByRole('checkbox').isChecked()).toBe(true);
    }, 60_000);

    it.each([
      ['Stop', (page: Page) => button(page, 'Stop').click()],
      ['Esc', (page: Page) => page.keyboard.press('Escape')],
    ])(
      'finishes the row in flight on %s, tries no other, and says so',
      async (_name, stop) => {
        const { page } = person;
        const held = gate();
        const second = gate();
        let asked = 0;
        await page.route(reruns, async (route) => {
          asked += 1;
          if (asked === 2) {
            second.open();
            await held.opened;
          }
          await started(route);
        });
        await openRerun(page, 4);
        await button(page, 'Re-run 4 runs').click();
        await second.opened;
        await stop(page);
        await dialog(page).getByText('Stops after the one under way').waitFor();
        held.open();

        await dialog(page).getByText('2 runs done, 2 not tried').waitFor();
        await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
        await page.getByText('(2 selected)').waitFor();
        expect(asked).toBe(2);
      },
      60_000,
    );

    it('does not wait for the row in flight if the person presses again, and says that it may have been done', async () => {
      const { page } = person;
      await page.route(reruns, () => {});
      await openRerun(page, 3);
      const asked = page.waitForRequest(reruns);
      await button(page, 'Re-run 3 runs').click();
      await asked;
      await button(page, 'Stop').click();
      await button(page, 'Do not wait').click();

      await dialog(page).waitFor({ state: 'detached' });
      await page.getByText('It is not known whether it was done', { exact: true }).waitFor();
      await page.getByText(/^0 runs done, 1 without an answer, 2 not tried\. Look/).waitFor();
      await page.getByText('(3 selected)').waitFor();
    }, 60_000);

    it('stops when the connection is lost, and says how many were not tried', async () => {
      const { page, context } = person;
      let asked = 0;
      await page.route(reruns, async (route) => {
        if ((asked += 1) > 1) return route.continue();
        await context.setOffline(true);
        await started(route);
      });
      await openRerun(page, 3);
      await button(page, 'Re-run 3 runs').click();

      await dialog(page).getByText('1 run done, 2 not tried').waitFor();
      await dialog(page).getByText('You are offline').waitFor();
      await context.setOffline(false);
      await dialog(page).getByRole('button', { name: 'Close', exact: true }).last().click();
      await page.getByText('(2 selected)').waitFor();
    }, 60_000);

    it('asks before the page is left while it works', async () => {
      const { page } = person;
      const held = gate();
      await page.route(reruns, async (route) => {
        await held.opened;
        await started(route);
      });
      await openRerun(page, 2);
      const asked = page.waitForRequest(reruns);
      await button(page, 'Re-run 2 runs').click();
      await asked;
      await button(page, 'Stop').waitFor();
      expect(await asksBeforeUnload(page)).toBe(true);
      await page.goBack();
      await dialog(page).getByText('Leave while this is under way?').waitFor();
      await button(page, 'Stay').click();
      held.open();

      await page.getByText('2 runs queued.').waitFor();
      expect(await asksBeforeUnload(page)).toBe(false);
    }, 60_000);

    it('drops the selection of rows that a filter takes out of sight', async () => {
      const { page } = person;
      await goTo(page, 'Workflow Runs');
      await select(page, 2);
      await page.getByText('(2 selected)').waitFor();
      await page.getByRole('button', { name: /^Status/ }).click();
      await page.getByRole('option', { name: 'Failed' }).click();
      await page.waitForURL(/status=failed/);
      await row(page, 'recipe_too_large').first().waitFor();
      await page.getByRole('button', { name: /^Status/ }).click();
      await page.getByRole('option').first().click();
      await row(page, 'Succeeded').first().waitFor();

      expect(await page.getByText(/\(\d+ selected\)/).count()).toBe(0);
      expect(await button(page, 'Actions').isDisabled()).toBe(true);
    }, 60_000);
  });
}

/** Opens the dialog that runs the first runs of the list again. */
async function openRerun(page: Page, count: number): Promise<void> {
  await goTo(page, 'Usage');
  await goTo(page, 'Workflow Runs');
  await select(page, count);
  await button(page, 'Actions').click();
  await page.getByRole('menuitem', { name: 'Re-run' }).click();
  await button(page, `Re-run ${count} runs`).waitFor();
}

async function select(page: Page, count: number): Promise<void> {
  await row(page, /#\d+/)
    .nth(count - 1)
    .waitFor();
  for (let index = 0; index < count; index += 1) await row(page, /#\d+/).nth(index).getByRole('checkbox').check();
}

/** Answers like the API that has started a run, and starts none: the tests before and after need their cap. */
function started(route: Route): Promise<void> {
  return route.fulfill({ status: 202, contentType: 'application/json', body: '{"id":1,"status":"queued"}' });
}
