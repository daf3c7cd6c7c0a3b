import type { Dashboard, Person } from '../dashboard';
import { keepScreenshot } from '../dashboard';
import { focusIsOn, tabTo } from '../keyboard';
import { isWiderThanWindow, seriousFindings } from '../looks';
import { button, dialog, heading, queuedNumber } from '../on-the-page';
import { standBack } from '../daily/acting/interrupt';
import { aWorkflow, choose, field, isFocused, manager, openRunNow, runsUsed } from './typed-promo';

export function runForm(getDashboard: () => Dashboard): void {
  describe('Run now of a workflow that declares inputs', () => {
    let dashboard: Dashboard;
    let person: Person;
    let id: number;
    beforeAll(async () => {
      dashboard = getDashboard();
      id = await aWorkflow(dashboard.stack, 'Typed promo');
      person = await dashboard.signIn(manager);
    }, 90_000);
    beforeEach(async () => {
      person = await dashboard.signIn(manager);
      await person.page.evaluate(() => localStorage.removeItem('workflows.last-inputs'));
    });
    afterEach(() => standBack(person, dashboard));
    const input = async (run: number) => (await dashboard.stack.call('GET', `/api/v1/workflow-runs/${run}`)).body.input;

    it('is listed on the page of the workflow, with limits and defaults in words', async () => {
      const { page, open } = person;
      await open(`/workflows/${id}`);
      const table = page.getByRole('table', { name: 'Inputs of this workflow' });
      await table.waitFor();

      const shown = await table.innerText();
      await keepScreenshot(page, 'declared-inputs');
      for (const words of [
        /campaign\s+Text\s+Required\s+2 to 20 characters\s+Name of the campaign/,
        /“M” is used/,
        /One of: “S”, “M”, “L”/,
        /Yes or no\s+Optional/,
      ])
        expect(shown).toMatch(words);
    }, 60_000);

    it('refuses wrong values at their fields, moves the focus to the first, and counts no run', async () => {
      const { page, open } = person;
      const used = await runsUsed(dashboard.stack);
      await openRunNow(page, open, id, 'Typed promo');
      const form = dialog(page);
      await button(form, 'Run now').click();
      await form.getByText('Required: enter a value.').waitFor();
      await form.getByText('Check the marked field.').waitFor();
      await isFocused(page, 'campaign');
      await field(page, 'campaign').fill('x');
      await field(page, 'n').fill('10');
      await field(page, 'rate').fill('1,500');
      await field(page, 'tags').fill('[1, 2,');
      await button(form, 'Run now').click();

      await form.getByText('Must have 2 to 20 characters.').waitFor();
      await form.getByText('Must be 1 to 9.').waitFor();
      await form.getByText('Write 1.500 or 1500: a comma can mean either.').waitFor();
      await form.getByText(/^The text cannot be used as JSON/).waitFor();
      await form.getByText('Check the 4 marked fields.').waitFor();
      await keepScreenshot(page, 'run-form-faults');
      expect(await seriousFindings(page)).toEqual([]);
      await field(page, 'rate').fill('9007199254740993');
      await form.getByText(/^Is too large to be kept exactly/).waitFor();
      expect(await runsUsed(dashboard.stack)).toBe(used);
      await button(form, 'Cancel').click();
    }, 60_000);

    it('shows what each step will send and whom it reaches, and sends only what was entered', async () => {
      const { page, open } = person;
      await openRunNow(page, open, id, 'Typed promo');
      const form = dialog(page);
      await form.getByText('What will be sent is shown once the values above fit.').waitFor();
      await field(page, 'campaign').fill('Autumn');
      await choose(page, 'size', 'L');
      await choose(page, 'loud', 'No (false)');
      await field(page, 'tags').fill('["a", 2]');
      await form.getByRole('checkbox', { name: 'Send note as an empty text' }).check();
      await form.getByText('"note": "[]"').waitFor();

      const sent = await form.getByRole('list', { name: 'Steps as they will be performed' }).innerText();
      expect(sent).toContain('Go Autumn in L with {{input.rate}}');
      expect(await form.locator('mark').allInnerTexts()).toEqual(['{{input.rate}}']);
      expect(sent).toMatch(/input\.rate is missing: the\s+placeholder is sent as it stands/);
      expect(sent).toMatch(/"n": 3,\s+"tags": \[\s+"a",\s+2\s+\]/);
      expect(sent).toMatch(/Reaches 1 endpoint:\s+http:\S+\/hooks\/pro\/campaigns/);
      await keepScreenshot(page, 'run-form-light');
      expect(await seriousFindings(page)).toEqual([]);
      await button(form, 'Run now').click();
      expect(await input(await queuedNumber(page))).toEqual({
        ...{ campaign: 'Autumn', size: 'L', loud: false, tags: ['a', 2], note: '' },
        n: 3,
      });
    }, 60_000);

    it('marks a step that would fail', async () => {
      const { page, open } = person;
      const recipe = {
        inputs: { word: { type: 'string', required: true } },
        steps: [{ type: 'log', message: '{{input.word}}'.repeat(20) }],
      };
      const long = await aWorkflow(dashboard.stack, 'Too long once filled in', recipe);
      await openRunNow(page, open, long, 'Too long once filled in');
      await field(page, 'word').fill('x'.repeat(600));

      await dialog(page).getByText('This step would fail with rendered_too_large').waitFor();
      await button(dialog(page), 'Cancel').click();
    }, 60_000);

    it('offers the values of the last run, until they are cleared or the person signs out', async () => {
      const { page, open } = person;
      await openRunNow(page, open, id, 'Typed promo');
      const form = dialog(page);
      await field(page, 'campaign').fill('Winter');
      await field(page, 'rate').fill('0.5');
      await button(form, 'Run now').click();
      await queuedNumber(page);
      await page.reload();
      await openRunNow(page, open, id, 'Typed promo');
      await form.getByText('These are the values you ran it with last.').waitFor();
      expect([await field(page, 'campaign').inputValue(), await field(page, 'rate').inputValue()]).toEqual([
        'Winter',
        '0.5',
      ]);
      await button(form, 'Clear them').click();
      await isFocused(page, 'campaign');
      expect(await field(page, 'campaign').inputValue()).toBe('');
      expect(await page.evaluate(() => localStorage.getItem('workflows.last-inputs'))).toBeNull();

      await field(page, 'campaign').fill('Secret');
      await button(form, 'Run now').click();
      await queuedNumber(page);
      expect(await page.evaluate(() => localStorage.getItem('workflows.last-inputs'))).toContain('Secret');
      await page.getByRole('button', { name: `Signed in as ${manager}` }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.getByRole('button', { name: manager }).waitFor();
      const { origins } = await person.context.storageState();
      expect(JSON.stringify(origins)).not.toMatch(/Secret|last-inputs/);
    }, 90_000);

    it('keeps what was typed when it is turned to JSON and back, and says what cannot be turned', async () => {
      const { page, open } = person;
      await openRunNow(page, open, id, 'Typed promo');
      const form = dialog(page);
      await field(page, 'campaign').fill('Summer');
      await field(page, 'n').fill('1,5');
      await button(form, 'JSON').click();
      await form.getByText('Write 1.5: decimals follow a point.').waitFor();
      await isFocused(page, 'n');
      await field(page, 'n').fill('7');
      await button(form, 'JSON').click();
      const json = form.getByLabel('JSON object');
      expect(JSON.parse(await json.inputValue())).toEqual({ campaign: 'Summer', n: 7 });
      await json.fill('{"campaign": "Summer", "n": "7", }');
      await button(form, 'Form').click();
      await form.getByText(/^The text cannot be used as JSON/).waitFor();
      await json.fill('{"campaign": "Summer", "n": "7"}');
      await button(form, 'Form').click();
      await form.getByText('The form cannot show this yet. n: Must be a whole number').waitFor();
      await json.fill('{"campaign": "Summer", "n": 8, "loud": true, "reference": "A-17"}');
      await button(form, 'Form').click();

      await form.getByText('Yes (true)').first().waitFor();
      expect(await field(page, 'n').inputValue()).toBe('8');
      expect(JSON.parse(await form.getByLabel('Further values as JSON').inputValue())).toEqual({ reference: 'A-17' });
      await button(form, 'Run now').click();
      expect(await input(await queuedNumber(page))).toMatchObject({
        campaign: 'Summer',
        n: 8,
        loud: true,
        reference: 'A-17',
      });
    }, 60_000);

    it('shows at its field what the API refuses, if the recipe was changed meanwhile', async () => {
      const { page, open } = person;
      const { stack } = dashboard;
      const recipe = (max: number) => ({
        inputs: { code: { type: 'string', max } },
        steps: [{ type: 'log', message: '{{input.code}}' }],
      });
      const changing = await aWorkflow(stack, 'Changes meanwhile', recipe(9));
      await openRunNow(page, open, changing, 'Changes meanwhile');
      // The page is not told of the change, as if it had come a moment ago.
      await page.route('**/api/v1/workflows/*', (route) => route.abort());
      await stack.call('PUT', `/api/v1/workflows/${changing}`, {
        body: { name: 'Changes meanwhile', recipe: recipe(3) },
      });
      await field(page, 'code').fill('12345');
      await button(dialog(page), 'Run now').click();

      await dialog(page).getByText('Must have at most 3 characters.').first().waitFor();
      await isFocused(page, 'code');
      await field(page, 'code').fill('123');
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await button(dialog(page), 'Run now').click();
      await queuedNumber(page);
    }, 60_000);

    it('works by keyboard alone', async () => {
      const { page, open } = person;
      await open(`/workflows/${id}`);
      await heading(page, 'Typed promo').waitFor();
      await page.getByRole('button', { name: 'Run now', exact: true }).focus();
      await page.keyboard.press('Enter');
      await field(page, 'campaign').waitFor();
      for (let presses = 0; presses < 10; presses += 1) {
        await page.keyboard.press('Tab');
        if (await field(page, 'campaign').evaluate((field) => field === document.activeElement)) break;
      }
      await page.keyboard.type('Keys');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByRole('option', { name: 'Left out' }).waitFor();
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Run now');
      expect(await focusIsOn(page, 'Run now')).toBe(true);
      await page.keyboard.press('Enter');

      expect(await input(await queuedNumber(page))).toMatchObject({ campaign: 'Keys', size: 'L' });
    }, 60_000);

    it.each(['light', 'dark'] as const)(
      'fits a phone (%s), and has no serious finding of axe',
      async (colorScheme) => {
        const phone = await dashboard.signIn(manager, { viewport: { width: 390, height: 844 }, colorScheme });
        await openRunNow(phone.page, phone.open, id, 'Typed promo');
        await field(phone.page, 'campaign').fill('Phone');
        await dialog(phone.page).getByText('Go Phone in M').waitFor();

        await keepScreenshot(phone.page, `run-form-phone-${colorScheme}`);
        expect(await isWiderThanWindow(phone.page)).toBe(false);
        expect(await seriousFindings(phone.page)).toEqual([]);
        await button(dialog(phone.page), 'Cancel').click();
        await phone.page.getByRole('table', { name: 'Inputs of this workflow' }).waitFor();
        expect(await isWiderThanWindow(phone.page)).toBe(false);
        await keepScreenshot(phone.page, `declared-inputs-phone-${colorScheme}`);
      },
      60_000,
    );
  });
}
