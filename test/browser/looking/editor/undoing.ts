import type { Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { announced } from '../../on-the-page';
import { edit, messages, messageTexts, savedRecipe, saying, source, tool } from './recipe';

/** Types that are a second apart are changes of their own. */
async function pauseOfTyping(page: Page): Promise<void> {
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 1_500;
  });
}

export function undoing(getDashboard: () => Dashboard): void {
  describe('undo and redo in the recipe editor', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('undoes a run of typing at once, then the one before, and brings back every letter', async () => {
      const { page } = await edit(dashboard, 'Runs of typing', saying('a', 'b'));
      await messages(page).first().press('End');
      await page.keyboard.type(' first run');
      await pauseOfTyping(page);
      await page.keyboard.type(', second');
      await page.keyboard.press('ControlOrMeta+z');
      expect(await messageTexts(page)).toEqual(['a first run', 'b']);
      await page.keyboard.press('ControlOrMeta+z');
      expect(await messageTexts(page)).toEqual(['a', 'b']);
      await page.keyboard.press('ControlOrMeta+y');
      await page.keyboard.press('ControlOrMeta+Shift+z');
      expect(await messageTexts(page)).toEqual(['a first run, second', 'b']);
      await page.keyboard.type('!');

      expect(await savedRecipe(dashboard, page)).toEqual(saying('a first run, second!', 'b'));
    }, 90_000);

    it('undoes acts on steps and typing into other fields, in their order, and leads to what it undid', async () => {
      const { page } = await edit(dashboard, 'Every kind', saying('a', 'b'));
      await page.getByRole('textbox', { name: 'Name' }).press('End');
      await page.keyboard.type('!');
      await page.getByRole('checkbox', { name: 'Select step 1,' }).click();
      await tool(page, 'Move down').click();
      await tool(page, 'Delete').click();
      await source(page, 'Wait').click();
      await page.keyboard.press('ControlOrMeta+z');
      await announced(page, 'Undone: adding 1 step');
      await page.keyboard.press('ControlOrMeta+z');
      await announced(page, 'Undone: removing 1 step');
      await page.getByRole('button', { name: 'Undo moving steps' }).click();
      expect(await messageTexts(page)).toEqual(['a', 'b']);
      await page.getByRole('button', { name: 'Undo typing the name' }).click();

      expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Every kind');
      expect(
        await page.getByRole('textbox', { name: 'Name' }).evaluate((field) => field === document.activeElement),
      ).toBe(true);
      await page.getByRole('button', { name: 'Redo typing the name' }).click();
      await page.getByRole('button', { name: 'Redo moving steps' }).click();
      expect(await savedRecipe(dashboard, page)).toEqual(saying('b', 'a'));
    }, 90_000);

    it('takes what was typed as JSON back in one view as in the other', async () => {
      const { page } = await edit(dashboard, 'Both views', saying('a'));
      await source(page, 'Wait').click();
      await page.getByRole('button', { name: 'JSON', exact: true }).click();
      await page.locator('.ace_content').getByText('delay').waitFor();
      await page.getByRole('button', { name: 'Undo adding 1 step' }).click();
      await page.locator('.ace_content').getByText('delay').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Steps', exact: true }).click();
      expect(await page.getByRole('button', { name: /^Move step/ }).count()).toBe(1);
      await page.getByRole('button', { name: 'Redo adding 1 step' }).click();

      expect(await savedRecipe(dashboard, page)).toEqual({
        steps: [
          { type: 'log', message: 'a' },
          { type: 'delay', seconds: 2 },
        ],
      });
    }, 90_000);
  });
}
