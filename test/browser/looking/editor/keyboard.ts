import type { Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { tabTo } from '../../keyboard';
import { announced } from '../../on-the-page';
import { edit, handle, messageTexts, pageRecipe, payloadText, savedRecipe, saying } from './recipe';

export function byKeyboard(getDashboard: () => Dashboard): void {
  describe('the recipe editor, by keyboard alone', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('builds the recipe of the page, with Enter for a step at the end', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      const { keyboard } = page;
      await page.getByLabel('Name').focus();
      await keyboard.type('By keyboard');
      await page.getByRole('textbox', { name: 'Message' }).first().focus();
      await keyboard.press('ControlOrMeta+a');
      await keyboard.type('Kicking off {{input.campaign}}');
      await page.getByRole('checkbox', { name: 'Continue on error' }).focus();
      await tabTo(page, 'Fire a webhook event');
      await keyboard.press('Enter');
      await keyboard.type('campaign.kickoff');
      await tabToPayload(page);
      await keyboard.type(payloadText);
      await page.getByRole('checkbox', { name: 'Continue on error' }).focus();
      await tabTo(page, 'Wait');
      await keyboard.press('Enter');
      await page.getByRole('checkbox', { name: 'Continue on error' }).focus();
      await tabTo(page, 'Log a message');
      await keyboard.press('Enter');
      await keyboard.type('Done');
      await page.getByText('Valid: 4 steps').waitFor();

      expect(await savedRecipe(dashboard, page)).toEqual(pageRecipe);
    }, 90_000);

    it('takes a step of the palette with Space, hears where it would be, and puts it there', async () => {
      const { page } = await edit(dashboard, 'Taken', saying('a', 'b'));
      await page.getByRole('checkbox', { name: 'Continue on error' }).focus();
      await tabTo(page, 'Log a message');
      await page.keyboard.press('Space');
      await announced(page, 'Taken: a new log, step 3 of 3');
      await page.keyboard.press('ArrowUp');
      await announced(page, 'Now step 2 of 3');
      await page.keyboard.press('Space');
      await page.keyboard.type('new');
      expect(await messageTexts(page)).toEqual(['a', 'new', 'b']);
      await handle(page, 1).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('End');
      await announced(page, 'Now step 3 of 3');
      await page.keyboard.press('Escape');
      await announced(page, 'Left where it was');

      expect(await savedRecipe(dashboard, page)).toEqual(saying('a', 'new', 'b'));
    }, 90_000);

    it('selects with Shift and the arrow keys, moves with Alt, and copies steps into another workflow', async () => {
      const { page } = await edit(dashboard, 'Copied from', saying('a', 'b', 'c'));
      await page.getByRole('checkbox', { name: 'Select step 1,' }).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Shift+ArrowDown');
      await announced(page, '2 selected');
      await page.keyboard.press('Alt+ArrowDown');
      expect(await messageTexts(page)).toEqual(['c', 'a', 'b']);
      await page.keyboard.press('Alt+ArrowUp');
      await page.keyboard.press('ControlOrMeta+c');
      await announced(page, 'Copied 2');
      const other = await edit(dashboard, 'Copied to', saying('x'));
      await handle(other.page, 1).focus();
      await other.page.keyboard.press('ControlOrMeta+v');
      await announced(other.page, 'Pasted 2 steps');
      expect(await messageTexts(other.page)).toEqual(['x', 'a', 'b']);
      await other.page.keyboard.press('Delete');
      expect(await messageTexts(other.page)).toEqual(['x']);
      await other.page.keyboard.press('ControlOrMeta+z');

      expect(await savedRecipe(dashboard, other.page)).toEqual(saying('x', 'a', 'b'));
    }, 90_000);

    it('lets text be copied and pasted as ever while a field has the focus', async () => {
      const { page } = await edit(dashboard, 'Text as ever', saying('a', 'b'));
      await page.evaluate(() => navigator.clipboard.writeText('{"type":"delay","seconds":1}'));
      await page.getByRole('textbox', { name: 'Message' }).last().focus();
      await page.keyboard.press('End');
      await page.keyboard.press('ControlOrMeta+v');

      expect(await savedRecipe(dashboard, page)).toEqual(saying('a', 'b{"type":"delay","seconds":1}'));
    }, 90_000);
  });
}

async function tabToPayload(page: Page): Promise<void> {
  const isThere = () =>
    page.getByRole('textbox', { name: 'Payload' }).evaluate((field) => field === document.activeElement);
  for (let presses = 0; presses < 5 && !(await isThere()); presses += 1) await page.keyboard.press('Tab');
}
