import type { Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { dialog, heading, row } from '../../on-the-page';
import { jsonBox, logSteps, makeWorkflow, showJson, storedWorkflow } from './recipe-page';

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' }).first();
const refused = 'Not saved: somebody else changed this workflow meanwhile';
const noticed = 'Somebody else changed this workflow while you were editing';

/** What a person changes that is also changed by somebody else. */
export function conflicts(getDashboard: () => Dashboard): void {
  describe('two people who edit the same thing', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    async function edit(name: string) {
      const id = await makeWorkflow(dashboard.stack, name, logSteps(1));
      const person = await dashboard.signIn('manager@pro.example.com');
      await person.open(`/workflows/${id}/edit`);
      await heading(person.page, `Edit ${name}`).waitFor();
      await person.page.getByText('Valid: 1 step').waitFor();
      const saveElsewhere = (text: string) =>
        dashboard.stack.call('PUT', `/api/v1/workflows/${id}`, { body: { name, recipe: logSteps(1, text) } });
      return { ...person, id, saveElsewhere };
    }

    /** Comes back to the window again and again, which reads what is older than two seconds, until the page shows a text. */
    async function lookUntil(page: Page, shown: string): Promise<void> {
      await page.waitForFunction(
        (text) => {
          dispatchEvent(new Event('visibilitychange'));
          const main = document.querySelector('main')!;
          return (
            main.innerText.includes(text) || [...main.querySelectorAll('textarea')].some(({ value }) => value === text)
          );
        },
        shown,
        { polling: 300 },
      );
    }

    it('refuse each other’s Save, see what the other wrote, and overwrite only on purpose', async () => {
      const { page, id, saveElsewhere } = await edit('Contested');
      await message(page).fill('Mine');
      await saveElsewhere('Theirs');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(refused).waitFor();
      await page.getByText(/^Version 2 was saved by Local REST token on /).waitFor();
      expect((await storedWorkflow(dashboard.stack, id)).recipe).toEqual(logSteps(1, 'Theirs'));
      expect(await message(page).inputValue()).toBe('Mine');

      await page.getByRole('button', { name: 'Compare version 2 with yours' }).click();
      const difference = page.getByRole('region', { name: 'Version 2 compared with yours' });
      await difference.waitFor();
      expect(await difference.innerText()).toMatch(/- +"message": "Theirs"[\s\S]*\+ +"message": "Mine"/);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText(refused).waitFor();
      await page.getByRole('button', { name: 'Keep editing mine' }).click();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
      await page.getByRole('button', { name: 'Save' }).click();

      await page.getByText('Version 3 of Contested was saved.').waitFor();
      expect((await storedWorkflow(dashboard.stack, id)).recipe).toEqual(logSteps(1, 'Mine'));
    }, 90_000);

    it('are told before they save, and can take the other’s version', async () => {
      const { page, id, saveElsewhere } = await edit('Told early');
      await saveElsewhere('Before anything was typed');
      await lookUntil(page, 'Before anything was typed');
      expect(await page.getByText(noticed).count()).toBe(0);

      await showJson(page);
      await jsonBox(page).focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(JSON.stringify(logSteps(1, 'Mine')));
      await saveElsewhere('Theirs');
      await page.getByText('Valid: 1 step').waitFor();
      await lookUntil(page, noticed);
      await page.getByRole('button', { name: 'Drop my changes and take version 3' }).click();

      await page.locator('.ace_content').getByText('Theirs').waitFor();
      await page.getByRole('button', { name: 'Cancel' }).click();
      await heading(page, /^Told early/).waitFor();
      expect((await storedWorkflow(dashboard.stack, id)).version).toBe(3);
    }, 90_000);

    it('are not told of a conflict with themselves when the answer to Save was lost', async () => {
      const { page, id } = await edit('Lost and saved');
      await message(page).fill('Once');
      await page.route(
        `**/api/v1/workflows/${id}`,
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

      await page.getByText('Version 2 of Lost and saved was saved.').waitFor();
      expect((await storedWorkflow(dashboard.stack, id)).version).toBe(2);
    }, 90_000);

    it('may deactivate a workflow while its recipe is edited, and saving leaves it inactive', async () => {
      const { page, id } = await edit('Switched off');
      await message(page).fill('Changed');
      await dashboard.stack.call('PATCH', `/api/v1/workflows/${id}`, { body: { active: false } });
      await page.getByRole('button', { name: 'Save' }).click();

      await page.getByText('Version 2 of Switched off was saved.').waitFor();
      expect(await storedWorkflow(dashboard.stack, id)).toMatchObject({
        active: false,
        recipe: logSteps(1, 'Changed'),
      });
    }, 90_000);

    it('are told when a version is restored that others have saved meanwhile', async () => {
      const name = 'Restored twice';
      const id = await makeWorkflow(dashboard.stack, name, logSteps(1));
      const saveElsewhere = (text: string) =>
        dashboard.stack.call('PUT', `/api/v1/workflows/${id}`, { body: { name, recipe: logSteps(1, text) } });
      await saveElsewhere('Second');
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open(`/workflows/${id}`);
      await page.getByRole('tab', { name: 'Versions' }).click();
      await page.getByRole('button', { name: 'Restore version 1' }).click();
      await saveElsewhere('Third');
      await dialog(page).getByRole('button', { name: 'Restore' }).click();
      await dialog(page).getByText('Nothing was restored. Version 3 is the current one now.').waitFor();
      expect((await storedWorkflow(dashboard.stack, id)).version).toBe(3);
      await dialog(page).getByRole('button', { name: 'Restore' }).click();

      await page.getByText('Version 4 of Restored twice has the recipe of version 1.').waitFor();
    }, 90_000);

    it('see what was changed of an endpoint, and keep what they typed', async () => {
      const { stack } = dashboard;
      const url = stack.connection.inbox_endpoint_url;
      const body = { url, events: ['contested.event'], headers: { 'x-key': 'secret' } };
      const { id } = (await stack.call('POST', '/api/v1/webhook-endpoints', { body })).body;
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open(`/webhook-endpoints/${id}`);
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Edit', exact: true }).click();
      await dialog(page).getByLabel('Description').fill('Mine');
      await stack.call('PATCH', `/api/v1/webhook-endpoints/${id}`, { body: { description: 'Theirs' } });
      await dialog(page).getByRole('button', { name: 'Save' }).click();
      await dialog(page).getByText('Not saved: somebody else changed this endpoint meanwhile').waitFor();
      expect(await dialog(page).getByLabel('Description').inputValue()).toBe('Mine');
      await dialog(page).getByRole('button', { name: 'Keep editing mine' }).click();
      await dialog(page).getByRole('button', { name: 'Save' }).click();

      await page.getByText('The endpoint was saved.').waitFor();
      expect((await stack.call('GET', `/api/v1/webhook-endpoints/${id}`)).body).toMatchObject({
        description: 'Mine',
        headers: { 'x-key': null },
      });
      await open('/webhook-endpoints');
      await row(page, 'contested.event').waitFor();
    }, 90_000);
  });
}
