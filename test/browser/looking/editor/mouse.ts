import type { Locator, Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { heading } from '../../on-the-page';
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

export function byMouse(getDashboard: () => Dashboard): void {
  describe('the recipe editor, by mouse', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('builds the recipe of the page by clicking steps and typing their texts, and never asks for JSON of a recipe', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/workflows/new');
      await page.getByLabel('Name').click();
      await page.keyboard.type('By mouse');
      await messages(page).first().fill('Kicking off {{input.campaign}}');
      await source(page, 'Fire a webhook event').click();
      await page.keyboard.type('campaign.kickoff');
      await page.getByRole('textbox', { name: 'Payload' }).fill(payloadText);
      await source(page, 'Wait').click();
      await source(page, 'Log a message').click();
      await page.keyboard.type('Done');
      await page.getByText('Valid: 4 steps').waitFor();

      expect(await savedRecipe(dashboard, page)).toEqual(pageRecipe);
      await heading(page, 'By mouse').waitFor();
    }, 90_000);

    it('inserts a step between two, where one presses plus', async () => {
      const { page } = await edit(dashboard, 'Between', saying('a', 'b'));
      await page.getByRole('button', { name: 'Insert a step at 2' }).click();
      await page.getByRole('group', { name: 'Step to insert at 2' }).getByRole('button', { name: 'Log' }).click();
      await page.keyboard.type('between');

      expect(await messageTexts(page)).toEqual(['a', 'between', 'b']);
      expect(await savedRecipe(dashboard, page)).toEqual(saying('a', 'between', 'b'));
    }, 90_000);

    it('drags a step of the palette and a card to where the mark shows, and puts nothing down beside the list', async () => {
      const { page } = await edit(dashboard, 'Dragged', saying('a', 'b', 'c'));
      await drag(page, source(page, 'Log a message'), handle(page, 2), -12);
      await page.keyboard.type('new');
      expect(await messageTexts(page)).toEqual(['a', 'new', 'b', 'c']);
      await drag(page, handle(page, 2), handle(page, 1), -12);
      expect(await messageTexts(page)).toEqual(['new', 'a', 'b', 'c']);
      await drag(page, handle(page, 1), page.getByRole('navigation', { name: 'Menu' }).getByRole('link').first(), 0);

      expect(await savedRecipe(dashboard, page)).toEqual(saying('new', 'a', 'b', 'c'));
    }, 90_000);

    it('selects several steps with Shift, and moves, duplicates and deletes them together', async () => {
      const { page } = await edit(dashboard, 'Several', saying('a', 'b', 'c', 'd'));
      await page.getByRole('checkbox', { name: 'Select step 2,' }).click();
      await page.getByRole('checkbox', { name: 'Select step 3,' }).click({ modifiers: ['Shift'] });
      await page.getByText('2 selected').first().waitFor();
      await tool(page, 'Move down').click();
      expect(await messageTexts(page)).toEqual(['a', 'd', 'b', 'c']);
      await tool(page, 'Duplicate').click();
      expect(await messageTexts(page)).toEqual(['a', 'd', 'b', 'c', 'b', 'c']);
      await tool(page, 'Delete').click();
      await drag(page, handle(page, 3), handle(page, 1), -12);

      expect(await savedRecipe(dashboard, page)).toEqual(saying('b', 'a', 'd', 'c'));
    }, 90_000);
  });
}

/** Drags in several moves, as a hand does, and looks for the mark before it lets go. */
async function drag(page: Page, from: Locator, to: Locator, above: number): Promise<void> {
  // At the edges of the window the page scrolls by itself while something is dragged.
  await handle(page, 1).evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 400));
  const start = (await from.boundingBox())!;
  const end = (await to.boundingBox())!;
  await page.mouse.move(start.x + 8, start.y + 8);
  await page.mouse.down();
  await page.mouse.move(start.x + 20, start.y + 20, { steps: 3 });
  await page.mouse.move(end.x + 8, end.y + above, { steps: 8 });
  if (above !== 0) await page.locator('.step-gap.is-marked').waitFor();
  await page.mouse.up();
  // For 50 ms after a drop, @dnd-kit swallows every click, so that letting go never counts as pressing what lies there.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)));
}
