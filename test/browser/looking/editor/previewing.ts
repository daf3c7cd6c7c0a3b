import { keepScreenshot, type Dashboard } from '../../dashboard';
import { edit, handle, messages, pageRecipe, saying, source } from './recipe';

export function previewing(getDashboard: () => Dashboard): void {
  describe('the preview beside a recipe', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('shows what each step would do with an example, where events go, what is missing, and the runs left', async () => {
      const inputs = { campaign: { type: 'string', example: 'Spring Promo' } };
      const { page } = await edit(dashboard, 'Previewed', {
        inputs,
        steps: [
          ...pageRecipe.steps,
          { type: 'fire_webhook_event', event: 'nobody.listens' },
          ...saying('{{input.who}}').steps,
        ],
      });
      const preview = page.getByRole('complementary', { name: 'Preview' });

      await preview.getByText('Kicking off Spring Promo').waitFor();
      await preview.getByText('6 steps').waitFor();
      await preview.getByText(/waits 2 s\. Runs left today: .+ of .+/).waitFor();
      await preview.getByText('"campaign": "Spring Promo"').first().waitFor();
      await preview.getByText('Received by 1 endpoint:').waitFor();
      await preview.getByText('after 2 s').first().waitFor();
      await preview.getByText('No active endpoint receives it.').waitFor();
      await preview.getByText('Not in the example input: who').waitFor();
      await keepScreenshot(page, 'recipe-preview');
    }, 90_000);

    it('follows what is typed with one request for each pause, and keeps the last one while there are faults', async () => {
      const { page } = await edit(dashboard, 'Followed', saying('a'));
      const preview = page.getByRole('complementary', { name: 'Preview' });
      await preview.getByText('Up to date').waitFor();
      let checks = 0;
      page.on('request', (request) => {
        if (request.url().includes('recipes/validate')) checks += 1;
      });
      await messages(page).first().press('End');
      await page.keyboard.type(' quick brown fox');
      await preview.getByText('a quick brown fox').waitFor();
      expect(checks).toBe(1);
      await source(page, 'Wait').click();
      await page.getByLabel('Seconds').fill('99');

      await preview.getByText('The recipe has faults. This is how it was before.').waitFor();
      await preview.getByText('a quick brown fox').waitFor();
    }, 90_000);

    it('asks for nothing while another tab is in front, and for what was typed last afterwards', async () => {
      const { page } = await edit(dashboard, 'Hidden', saying('a'));
      const preview = page.getByRole('complementary', { name: 'Preview' });
      await preview.getByText('Up to date').waitFor();
      const show = (state: string) =>
        page.evaluate((visibility) => {
          Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => visibility });
          document.dispatchEvent(new Event('visibilitychange'));
        }, state);
      await show('hidden');
      await messages(page).first().fill('typed and hidden');
      await page.waitForTimeout(800);
      expect(await preview.getByText('typed and hidden').count()).toBe(0);
      await show('visible');

      await preview.getByText('typed and hidden').waitFor();
      await handle(page, 1).focus();
    }, 90_000);
  });
}
