import type { Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { dialog, goTo, heading } from '../../on-the-page';
import { jsonBox, logSteps, makeWorkflow, showJson } from './recipe-page';

/** Forms that are refused, and forms whose page goes away while something is typed. */
export function forms(getDashboard: () => Dashboard): void {
  describe('forms in the dashboard', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    async function isFocused(page: Page, label: string): Promise<void> {
      await page.waitForFunction(
        (wanted) => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.innerText === wanted,
        label,
      );
    }

    /** A window whose page may be reloaded with unsaved changes. Every other test takes the browser's question for an error. */
    async function windowThatLeaves() {
      const person = await dashboard.signIn('manager@pro.example.com', { viewport: { width: 1280, height: 901 } });
      await person.page.addInitScript(() =>
        addEventListener('beforeunload', (event) => event.stopImmediatePropagation()),
      );
      await person.page.reload();
      return person;
    }

    /** No sentence on the page is one of the API's for programs. */
    async function expectNoApiWords(page: Page): Promise<void> {
      expect(await page.locator('body').innerText()).not.toMatch(/#\/|errors lists|The request is not valid/);
    }

    it('keep what is typed into a recipe over a reload, until it is saved or discarded', async () => {
      const id = await makeWorkflow(dashboard.stack, 'Half done', logSteps(1));
      const { page, open } = await windowThatLeaves();
      const message = page.getByRole('textbox', { name: 'Message' });
      await open(`/workflows/${id}/edit`);
      await message.fill('Half an hour of work');
      await page.getByLabel('Description').fill('Also typed');
      await page.reload();
      await page.getByText(/^Your unsaved changes from \d+:\d\d are back\.$/).waitFor();
      expect(await message.inputValue()).toBe('Half an hour of work');
      expect(await page.getByLabel('Description').inputValue()).toBe('Also typed');

      await page.getByRole('button', { name: 'Discard them' }).click();
      expect(await message.inputValue()).toBe('Started');
      await message.fill('Typed again');
      await page.reload();
      await page.getByText(/^Your unsaved changes/).waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await heading(page, /^Half done/).waitFor();
      await open(`/workflows/${id}/edit`);
      await heading(page, 'Edit Half done').waitFor();

      expect(await message.inputValue()).toBe('Typed again');
      expect(await page.getByText(/^Your unsaved changes/).count()).toBe(0);
    }, 90_000);

    it('say at each step of a recipe what is wrong, and move the focus to the first of them', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      await page.getByRole('textbox', { name: 'Message' }).fill('');
      await page.getByRole('group', { name: 'Add a step' }).getByRole('button', { name: 'Wait' }).click();
      await page.getByLabel('Seconds').fill('99');
      await page.getByText('Must be a whole number from 1 to 30.').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Check the 2 marked fields.').waitFor();
      await isFocused(page, 'Message');
      await expectNoApiWords(page);
      await page.getByRole('button', { name: 'JSON', exact: true }).click();
      await page.getByText('Step 2, seconds: Must be a whole number from 1 to 30.').waitFor();
      await expectNoApiWords(page);
      await showJson(page);
      await jsonBox(page).focus();
      await page.keyboard.press('ControlOrMeta+End');
      await page.keyboard.type(',');
      await page.keyboard.press('ControlOrMeta+s');
      await page.getByText('Nothing was saved: the text is no JSON yet, see below.').waitFor();
      await page.getByText(/^The text cannot be used as JSON\. Look at line \d+, column \d+/).waitFor();

      await page.getByRole('button', { name: 'Cancel' }).click();
      await dialog(page).getByRole('button', { name: 'Leave' }).click();
      await heading(page, 'Workflows').waitFor();
    }, 90_000);

    it('open the part of the endpoint’s form in which something is wrong, and name the header and the event', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/webhook-endpoints?register=wrong..event');
      const form = dialog(page);
      await form.getByLabel('URL').fill(dashboard.stack.connection.inbox_endpoint_url);
      const more = form.getByRole('button', { name: 'Rate, body and headers' });
      await more.click();
      await form.getByLabel('Attempts a second').fill('99');
      await form.getByRole('button', { name: 'Add header' }).click();
      await form.getByRole('textbox', { name: 'Name' }).fill('webhook-id');
      await form.getByRole('textbox', { name: 'Value' }).fill('a');
      await form.getByRole('button', { name: 'Add header' }).click();
      await form.getByRole('textbox', { name: 'Value' }).nth(1).fill('has no name');
      await more.click();
      await form.getByRole('button', { name: 'Register', exact: true }).click();
      await form.getByText('Enter a name, or remove this header.').waitFor();
      await form.getByText('Check the marked field.').waitFor();
      await form
        .getByRole('button', { name: /^Remove header/ })
        .nth(1)
        .click();
      await more.click();
      await form.getByRole('button', { name: 'Register', exact: true }).click();

      await form.getByText('Must be at most 50.').waitFor();
      await form.getByText('Check the 3 marked fields.').waitFor();
      await form.getByText(/^wrong\.\.event: Must be an event name such as campaign\.kickoff/).waitFor();
      await form.getByText('This header is set by the sender; choose another name.').waitFor();
      await expectNoApiWords(page);
      await form.getByRole('button', { name: 'Cancel' }).click();
    }, 90_000);

    it('keep what is typed about an endpoint over a reload, without the values of its headers', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/webhook-endpoints?register=kept.event');
      const form = dialog(page);
      await form.getByLabel('URL').fill('https://kept.example.com/hook');
      await form.getByRole('button', { name: 'Rate, body and headers' }).click();
      await form.getByRole('button', { name: 'Add header' }).click();
      await form.getByRole('textbox', { name: 'Name' }).fill('x-key');
      await form.getByRole('textbox', { name: 'Value' }).fill('top-secret');
      await page.reload();
      await form.getByText(/^Your unsaved changes from \d+:\d\d are back\. Values of headers are not kept/).waitFor();

      expect(await form.getByLabel('URL').inputValue()).toBe('https://kept.example.com/hook');
      expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('top-secret');
      await page.keyboard.press('Escape');
      await form.waitFor({ state: 'detached' });
      await open('/webhook-endpoints?register=kept.event');
      await form.getByRole('button', { name: 'Discard them' }).click();
      expect(await form.getByLabel('URL').inputValue()).toBe('');
      await form.getByRole('button', { name: 'Cancel' }).click();
    }, 90_000);

    it('keep nothing of an endpoint that the person has chosen to throw away', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/webhook-endpoints?register=thrown.away');
      const form = dialog(page);
      await form.getByLabel('URL').fill('https://thrown.example.com/hook');
      await page.keyboard.press('Escape');
      await form.getByRole('button', { name: 'Throw away' }).click();
      await form.waitFor({ state: 'detached' });
      await open('/webhook-endpoints?register=thrown.away');

      expect(await form.getByLabel('URL').inputValue()).toBe('');
      expect(await form.getByText(/^Your unsaved changes/).count()).toBe(0);
      await form.getByRole('button', { name: 'Cancel' }).click();
    }, 90_000);

    it('say what is missing of a token, and what is wrong with a run’s input once it is to be run', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await goTo(page, 'Access tokens');
      await page.getByRole('button', { name: 'Create token' }).click();
      for (const scope of ['workflows:read', 'workflows:run'])
        await dialog(page).getByText(scope, { exact: true }).click();
      await dialog(page).getByRole('button', { name: 'Create token' }).click();
      await dialog(page).getByText('Enter a name that can be seen.').waitFor();
      await dialog(page).getByText('Must have at least 1 scope.').waitFor();
      await dialog(page).getByText('Check the 2 marked fields.').waitFor();
      await isFocused(page, 'Name');
      await expectNoApiWords(page);
      await page.keyboard.press('Escape');
      await goTo(page, 'Workflows');
      await page.getByRole('row').filter({ hasText: 'Spring Promo' }).getByRole('button', { name: 'Run now' }).click();
      await dialog(page)
        .getByRole('button', { name: /^Input/ })
        .click();
      await dialog(page).getByLabel('JSON object').fill('{"a": 1,}');
      expect(await dialog(page).getByText('The text cannot be used as JSON.').count()).toBe(0);
      await dialog(page).getByRole('button', { name: 'Run now' }).click();
      await dialog(page)
        .getByText('The text cannot be used as JSON. Look at line 1, column 9, or just before it.')
        .waitFor();
      await isFocused(page, 'JSON object');
      await dialog(page).getByRole('button', { name: 'Cancel' }).click();
    }, 90_000);
  });
}
