import type { Dashboard } from '../../dashboard';
import { heading } from '../../on-the-page';
import { callsOf, slowly } from './processor';
import { goToFirstMessage, jsonText, logSteps, makeWorkflow, nextSave, showJson, showJsonView } from './recipe-page';

const words = Array.from({ length: 10 }, (_, index) => `word${index}`).join(' ');

export function editing(getDashboard: () => Dashboard): void {
  describe('editing in the dashboard, day by day', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    async function edit(name: string, recipe?: object) {
      const id = await makeWorkflow(dashboard.stack, name, recipe);
      const person = await dashboard.signIn('manager@pro.example.com');
      await person.open(`/workflows/${id}/edit`);
      await heading(person.page, `Edit ${name}`).waitFor();
      return { ...person, id };
    }

    it.each([
      [4, 3],
      [6, 50],
    ])(
      'keeps every character that is typed as JSON, with a processor %dx as slow and %d steps',
      async (rate, steps) => {
        const name = `Typed ${rate} ${steps}`;
        const { page } = await edit(name, logSteps(steps));
        await showJson(page);
        await goToFirstMessage(page);
        const expected = logSteps(steps, `Started${words}`);

        await slowly(page, rate, () => page.keyboard.type(words));
        const save = nextSave(page);
        await page.keyboard.press('ControlOrMeta+s');

        expect(JSON.parse(await jsonText(page))).toEqual(expected);
        expect((await save).recipe).toEqual(expected);
        await heading(page, /^Typed/).waitFor();
      },
      90_000,
    );

    it('undoes what was typed as JSON and no more, and shows what was typed last in the steps', async () => {
      const { page } = await edit('Undone');
      await showJson(page);
      const first = await jsonText(page);
      await goToFirstMessage(page);
      await page.keyboard.type(' twice');
      for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('ControlOrMeta+z');
      expect(await jsonText(page)).toBe(first);

      await goToFirstMessage(page);
      await page.keyboard.insertText(' pasted');
      // As an input method writes: two states of a word that is not complete, and then the word.
      const devtools = await page.context().newCDPSession(page);
      for (const text of ['な', 'なま']) {
        await devtools.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        });
      }
      await devtools.send('Input.insertText', { text: '名前' });
      await page.keyboard.type('!');
      await page.getByRole('button', { name: 'Steps', exact: true }).click();

      const message = page.getByRole('textbox', { name: 'Message' }).first();
      expect(await message.inputValue()).toBe('Started pasted名前!');
      await message.fill('Started');
    }, 90_000);

    it('does not draw other steps again at each key, so that typing takes no longer in a long recipe', async () => {
      const calls: number[] = [];
      for (const steps of [3, 50]) {
        const { page } = await edit(`Drawn ${steps}`, logSteps(steps));
        const message = page.getByRole('textbox', { name: 'Message' }).first();
        await page.getByText(`Valid: ${steps} steps`).waitFor();
        await message.press('End');
        // Of several attempts the one in which nothing else was drawn, such as what a check of the recipe found meanwhile.
        const attempts: number[] = [];
        for (const text of ['abcd', 'efgh', 'ijkl', 'mnop'])
          attempts.push(await callsOf(page, () => page.keyboard.type(text)));
        calls.push(Math.min(...attempts));
        await message.fill('Started');
      }

      const [few = 0, many = 0] = calls;
      expect(few).toBeGreaterThan(0);
      expect(many).toBeLessThan(2.5 * few);
    }, 90_000);

    it('says that the JSON editor cannot be loaded, and takes the JSON in a plain field until it can', async () => {
      const { page } = await edit('Without its editor');
      await page.route(/assets\/ace.*\.(js|css)$/, (route) => route.fulfill({ status: 404, body: '' }));
      await page.reload();
      await showJsonView(page);
      await page.getByText('The JSON editor could not be loaded').waitFor();
      const plain = page.getByRole('textbox', { name: 'Recipe as JSON' });
      await plain.fill(JSON.stringify(logSteps(1, 'Typed plainly')));
      await page.unroute(/assets\/ace.*\.(js|css)$/);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.ace_content').waitFor();

      expect(JSON.parse(await jsonText(page))).toEqual(logSteps(1, 'Typed plainly'));
      expect(await page.locator('.ace_text-input').evaluate((field) => getComputedStyle(field).position)).toBe(
        'absolute',
      );
      const save = nextSave(page);
      await page.keyboard.press('ControlOrMeta+s');
      expect((await save).recipe).toEqual(logSteps(1, 'Typed plainly'));
    }, 90_000);
  });
}
