import type { CDPSession, Locator } from 'playwright-core';
import { keepScreenshot, type Dashboard } from '../../dashboard';
import { isWiderThanWindow, seriousFindings } from '../../looks';
import {
  edit,
  handle,
  messages,
  messageTexts,
  pageRecipe,
  payloadText,
  savedRecipe,
  saying,
  source,
  tool,
} from './recipe';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export function byTouch(getDashboard: () => Dashboard): void {
  describe('the recipe editor, on a phone', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('builds the recipe of the page by tapping, and fits the window', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com', phone);
      await open('/workflows/new');
      await page.getByLabel('Name').fill('By touch');
      await messages(page).first().fill('Kicking off {{input.campaign}}');
      await source(page, 'Fire a webhook event').tap();
      await page.keyboard.type('campaign.kickoff');
      await page.getByRole('textbox', { name: 'Payload' }).fill(payloadText);
      await page.getByRole('button', { name: 'Insert a step at 3' }).tap();
      await page.getByRole('group', { name: 'Step to insert at 3' }).getByRole('button', { name: 'Wait' }).tap();
      await source(page, 'Log a message').tap();
      await page.keyboard.type('Done');
      await page.getByText('Valid: 4 steps').waitFor();

      expect(await isWiderThanWindow(page)).toBe(false);
      expect(await seriousFindings(page)).toEqual([]);
      await keepScreenshot(page, 'recipe-editor-phone');
      expect(await savedRecipe(dashboard, page)).toEqual(pageRecipe);
    }, 90_000);

    it('drags a card with a finger on its handle, and selects and moves without dragging', async () => {
      const { page, context } = await edit(dashboard, 'A finger', saying('a', 'b', 'c'), phone);
      await page.getByRole('checkbox', { name: 'Select step 3,' }).tap();
      await tool(page, 'Move up').tap();
      expect(await messageTexts(page)).toEqual(['a', 'c', 'b']);
      // Only the step whose handle is dragged is moved, unless it is selected too.
      await page.getByRole('checkbox', { name: 'Select step 2,' }).tap();
      const devtools = await context.newCDPSession(page);
      await handle(page, 1).evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await dragByFinger(devtools, handle(page, 2), handle(page, 1));
      expect(await messageTexts(page)).toEqual(['c', 'a', 'b']);

      expect(await savedRecipe(dashboard, page)).toEqual(saying('c', 'a', 'b'));
    }, 90_000);
  });
}

async function dragByFinger(devtools: CDPSession, from: Locator, to: Locator): Promise<void> {
  const start = (await from.boundingBox())!;
  const end = (await to.boundingBox())!;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: y === undefined ? [] : [{ x: start.x + 8, y }],
    });
  await touch('touchStart', start.y + 8);
  for (let part = 1; part <= 6; part += 1) await touch('touchMove', start.y + 8 + ((end.y - 14 - start.y) * part) / 6);
  await touch('touchEnd');
}
