import type { Page } from 'playwright-core';
import { keepScreenshot, type Dashboard } from '../../dashboard';
import { edit, messages, messageTexts, savedRecipe, saying } from './recipe';

export function declaring(getDashboard: () => Dashboard): void {
  describe('declaring inputs in the recipe editor', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    function input(page: Page, name: string) {
      return page.getByRole('group', { name: `input ${name}` });
    }

    it('declares what the texts name, puts it in at the caret, and saves it', async () => {
      const { page } = await edit(dashboard, 'Declared', saying('For {{input.campaign}}', 'Ends'));
      await page.getByRole('button', { name: 'Declare campaign' }).click();
      await input(page, 'campaign').getByText('Required').click();
      await input(page, 'campaign').getByLabel('Example').fill('Spring Promo');
      await messages(page).nth(1).press('Home');
      await page.getByRole('button', { name: 'Insert input' }).nth(1).click();
      await page.getByRole('menuitem', { name: 'campaign' }).click();
      await page.keyboard.type(' ');
      await keepScreenshot(page, 'recipe-inputs');

      expect(await savedRecipe(dashboard, page)).toEqual({
        inputs: { campaign: { type: 'string', required: true, example: 'Spring Promo' } },
        ...saying('For {{input.campaign}}', '{{input.campaign}} Ends'),
      });
    }, 90_000);

    it('offers the workflow to agents as a tool of its own, and says under which name', async () => {
      const { page } = await edit(dashboard, 'Offered', saying('a'));
      await page.getByText('Offer to AI agents as a tool of its own').click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();

      await page.getByText('Tool for agents').waitFor();
    }, 90_000);

    it('renames an input in the texts too, at one press that is undone at one press', async () => {
      const { page } = await edit(dashboard, 'Renamed', {
        inputs: { campaign: { type: 'string', default: 'x' } },
        ...saying('For {{input.campaign}}', '{{ input.campaign.name }}'),
      });
      await input(page, 'campaign').getByLabel('Name').fill('promo');
      await page.getByRole('button', { name: 'Rename there too' }).click();
      expect(await messageTexts(page)).toEqual(['For {{input.promo}}', '{{ input.promo.name }}']);
      await page.getByRole('button', { name: /^Undo/ }).first().click();
      expect(await messageTexts(page)).toEqual(['For {{input.campaign}}', '{{ input.campaign.name }}']);
      await page.getByRole('button', { name: /^Redo/ }).first().click();

      expect(await savedRecipe(dashboard, page)).toEqual({
        inputs: { promo: { type: 'string', default: 'x' } },
        ...saying('For {{input.promo}}', '{{ input.promo.name }}'),
      });
    }, 90_000);

    it('marks a misspelt input with what was meant, and takes it at a press', async () => {
      const { page } = await edit(dashboard, 'Misspelt', {
        inputs: { campaign: { type: 'string', default: 'x' } },
        ...saying('For {{input.campaing}}'),
      });
      await page.getByText('campaing is not an input of this recipe: did you mean campaign?').first().waitFor();
      await page.getByRole('button', { name: 'Use campaign' }).click();

      expect(await messageTexts(page)).toEqual(['For {{input.campaign}}']);
      await page.getByText('Valid: 1 step, waits none', { exact: true }).waitFor();
    }, 90_000);

    it('shows each fault at its field, and saves nothing while two inputs have one name', async () => {
      const { page } = await edit(dashboard, 'Faulty', {
        inputs: { count: { type: 'integer', default: 1 } },
        ...saying('{{input.count}}'),
      });
      await input(page, 'count').getByLabel('Default').fill('many');
      await input(page, 'count').locator('[data-place$=".default"]').locator('[aria-invalid="true"]').waitFor();
      await input(page, 'count').getByLabel('Default').fill('2');
      await page.getByRole('button', { name: 'Add input' }).click();
      await page.keyboard.type('count');
      await page.getByText('Two inputs have the name count. Rename or remove one.').waitFor();
      await page.getByRole('button', { name: 'Save', exact: true }).click();

      await page.getByText('Nothing was saved: two inputs have the same name, see below.').waitFor();
    }, 90_000);
  });
}
