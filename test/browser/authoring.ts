import type { Page } from 'playwright-core';
import type { Dashboard } from './dashboard';
import { dialog, goTo, heading, pressTwice, row } from './on-the-page';

export function authoring(getDashboard: () => Dashboard): void {
  describe('writing recipes in the dashboard', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    /** Waits for a text that is only announced to screen readers. */
    async function announced(page: Page, text: string): Promise<void> {
      await page.getByText(text).waitFor({ state: 'attached' });
    }

    async function add(page: Page, what: string): Promise<void> {
      await page.getByRole('group', { name: 'Add a step' }).getByRole('button', { name: what }).click();
    }

    it('edits a recipe step by step, shows the API’s messages at their step, and moves steps by keyboard', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      await page.getByRole('textbox', { name: 'Name' }).fill('Autumn Promo');
      await add(page, 'Wait');
      await page.getByLabel('Seconds').fill('31');
      await page.getByText('Must be a whole number from 1 to 30.').waitFor();
      await page.getByLabel('Seconds').fill('1');
      await page.getByText('Valid: 2 steps, waits 1 s').waitFor();

      const handle = page.getByRole('button', { name: /^Move step/ }).nth(1);
      await handle.focus();
      await page.keyboard.press('Space');
      await announced(page, 'Taken: step 2 of 2');
      await page.keyboard.press('ArrowUp');
      await announced(page, 'Now step 1 of 2');
      await page.keyboard.press('Space');
      await page.getByRole('button', { name: 'Type of step 1' }).filter({ hasText: 'delay' }).waitFor();
      await page.getByRole('button', { name: 'Save' }).click();

      await heading(page, 'Autumn Promo').waitFor();
      await page.getByText('1. delay').waitFor();
      await page.getByText('2. log').waitFor();
    }, 90_000);

    it('warns of a placeholder that is never filled in, at its step and before a run, and saves it', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      await page.getByRole('textbox', { name: 'Name' }).fill('With a warning');
      await page.getByRole('textbox', { name: 'Message' }).fill('For {{campaign}}');
      await page
        .getByText(/^\{\{campaign\}\} is never filled in: did you mean \{\{input\.campaign\}\}\?/)
        .first()
        .waitFor();
      await page.getByText('Valid: 1 step, waits none, with 1 warning').waitFor();
      await page.getByRole('button', { name: 'JSON', exact: true }).click();
      await page
        .getByText(/^Step 1, message: \{\{campaign\}\} is never filled in/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await heading(page, 'With a warning').waitFor();
      await page.getByRole('button', { name: 'Run now' }).click();

      await dialog(page)
        .getByText(/^Step 1, message: \{\{campaign\}\} is never filled in/)
        .waitFor();
      await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    }, 90_000);

    it('shows what is wrong with a name at its field', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      await page.getByRole('textbox', { name: 'Name' }).fill('\u200b');
      await page.getByText('Valid: 1 step').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();

      await page.getByText('Enter a name that can be seen.', { exact: true }).waitFor();
      await page.getByText('Check the marked field.').waitFor();
      expect(
        await page.getByRole('textbox', { name: 'Name' }).evaluate((field) => field === document.activeElement),
      ).toBe(true);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await dialog(page).getByRole('button', { name: 'Leave' }).click();
    }, 90_000);

    it('saves one workflow if Save is pressed twice', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      await page.getByRole('textbox', { name: 'Name' }).fill('Winter Promo');
      await page.getByText('Valid: 1 step').waitFor();
      await pressTwice(page.getByRole('button', { name: 'Save' }));

      await heading(page, 'Winter Promo').waitFor();
      await goTo(page, 'Workflows');
      await row(page, 'Winter Promo').first().waitFor();
      expect(await row(page, 'Winter Promo').count()).toBe(1);
    }, 90_000);

    it('saves one workflow if the answer to Save is lost and Save is pressed again', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      await page.getByRole('textbox', { name: 'Name' }).fill('Lost Promo');
      await page.getByText('Valid: 1 step').waitFor();
      await page.route(
        '**/api/v1/workflows',
        async (route) => {
          await route.fetch();
          await route.abort();
        },
        { times: 1 },
      );
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('It may have been done').waitFor();
      dashboard.ignorePageErrors(/ERR_FAILED/);
      await page.getByRole('button', { name: 'Save' }).click();

      await heading(page, 'Lost Promo').waitFor();
      await goTo(page, 'Workflows');
      await row(page, 'Lost Promo').first().waitFor();
      expect(await row(page, 'Lost Promo').count()).toBe(1);
    }, 90_000);

    it('moves a step with the mouse, and shows the same recipe as JSON and back', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/1/edit');
      const handles = page.getByRole('button', { name: /^Move step/ });
      await handles.nth(1).evaluate((element) => element.scrollIntoView({ block: 'center' }));
      const from = (await handles.nth(2).boundingBox())!;
      const to = (await handles.nth(0).boundingBox())!;
      await page.mouse.move(from.x + 4, from.y + 4);
      await page.mouse.down();
      await page.mouse.move(from.x + 4, to.y + 60, { steps: 8 });
      await page.mouse.move(to.x + 4, to.y - 10, { steps: 8 });
      await page.mouse.up();
      await page.getByRole('button', { name: 'Type of step 1' }).filter({ hasText: 'fire_webhook_event' }).waitFor();
      // For 50 ms after a drop the list treats a click as the end of the drag.
      await page.waitForTimeout(100);

      await page.getByRole('button', { name: 'JSON', exact: true }).click();
      const editor = page.getByRole('textbox', { name: /Recipe as JSON|Editor content/ });
      await editor.waitFor();
      await editor.focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText('{"steps":[{"type":"log","message":"a"},{"type":"shell","run":"rm"}]}');
      await page.getByText(/Step 2, type: Only log, .* are allowed/).waitFor();
      await page.getByRole('button', { name: 'Steps', exact: true }).click();
      await page.getByText(/^Only log, .* are allowed as a step type\.$/).waitFor();
      await page.getByRole('button', { name: 'Remove step 2' }).click();
      await page.getByText('Valid: 1 step').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await dialog(page).getByRole('button', { name: 'Leave' }).click();

      await heading(page, 'Spring Promo').waitFor();
    }, 90_000);

    it('lists every version, compares two and restores one', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/1/edit');
      await page.getByRole('textbox', { name: 'Message' }).fill('Changed');
      await page.keyboard.press('ControlOrMeta+s');
      await page.getByText('Version 2 of Spring Promo was saved.').waitFor();
      await page.getByRole('tab', { name: 'Versions' }).click();
      const diff = page.getByRole('region', { name: 'Changes from version 1 to 2' });
      await diff.waitFor();
      expect(await diff.innerText()).toMatch(/- +"message": "Kicking off Spring Promo"[\s\S]*\+ +"message": "Changed"/);

      await page.getByRole('button', { name: 'Restore version 1' }).click();
      await dialog(page).getByRole('button', { name: 'Restore' }).click();

      await page.getByText('Version 3 of Spring Promo has the recipe of version 1.').waitFor();
      await row(page, /^3|current/)
        .first()
        .waitFor();
    }, 90_000);

    it('offers no editor to a tenant without authoring', async () => {
      const { page, open } = await dashboard.signIn('manager@growth.example.com');
      expect(await page.getByRole('button', { name: 'New workflow' }).count()).toBe(0);
      await open('/workflows/1');
      await page.getByText('1. log').waitFor();
      expect(await page.getByRole('button', { name: 'Edit recipe' }).count()).toBe(0);
      await open('/workflows/1/edit');

      await heading(page, 'Recipes cannot be edited here').waitFor();
    }, 90_000);
  });
}
