import type { Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { focusIsOn } from '../../keyboard';
import { button, heading, runNow } from '../../on-the-page';

export function addresses(getDashboard: () => Dashboard): void {
  describe('addresses of the dashboard', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    const manager = 'manager@custom.example.com';
    const urlOf = (path: string) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    const pathOf = (page: Page) => page.url().replace(urlOf('/'), '/');
    /** The addresses of this dashboard that the page offers to copy. */
    const offered = (page: Page) =>
      page.locator('a[href^="/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));

    it('opens the very address that was asked for, also in a second tab, for a member of one tenant', async () => {
      const page = await dashboard.newWindow();
      await page.goto(urlOf('/workflow-runs/3?from=mail#steps'));
      await page.getByRole('button', { name: manager }).click();
      await heading(page, 'Workflow run #3').waitFor();
      expect(pathOf(page)).toBe('/workflow-runs/3?from=mail#steps');

      const second = await page.context().newPage();
      await second.goto(urlOf('/workflow-runs?status=failed'));
      await second.getByRole('button', { name: 'Status Failed' }).waitFor();

      expect(pathOf(second)).toBe('/workflow-runs?status=failed');
      await page.context().close();
    }, 90_000);

    it('names the tenant in every link that a page offers, whatever address it was opened with', async () => {
      const { page, open } = await dashboard.signIn(manager);
      const pages: [path: string, title: string][] = [
        ['/workflows', 'Workflows'],
        ['/workflows/1', 'Spring Promo'],
        ['/workflow-runs', 'Workflow Runs'],
        ['/workflow-runs/3', 'Workflow run #3'],
        ['/webhook-endpoints', 'Webhook Endpoints'],
        ['/access-tokens', 'Access tokens'],
        ['/usage', 'Usage'],
        ['/activity', 'Activity'],
        ['/no-such-page', 'Not found'],
      ];
      for (const [path, title] of pages) {
        await open(path);
        await heading(page, title).waitFor();
        const links = await offered(page);

        expect(links.length).toBeGreaterThan(8);
        expect(links.filter((link) => !link.startsWith('/t/custom/') && link !== '/api/v1/reference')).toEqual([]);
        expect(pathOf(page)).toBe(path);
      }
    }, 90_000);

    it('names the tenant wherever a click, a key or a notice leads', async () => {
      const { page } = await dashboard.signIn(manager);
      await page.keyboard.press('g');
      await page.keyboard.press('r');
      await heading(page, 'Workflow Runs').waitFor();
      expect(pathOf(page)).toBe('/t/custom/workflow-runs');

      await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'AI Agents' }).click();
      await heading(page, 'Workflows').waitFor();
      expect(pathOf(page)).toBe('/t/custom/workflows');

      const number = await runNow(page, 'Nobody listens');
      const link = page.getByRole('link', { name: 'View run' }).first();
      const opening = page.context().waitForEvent('page');
      await link.click({ modifiers: ['ControlOrMeta'] });
      const opened = await opening;
      await heading(opened, `Workflow run #${number}`).waitFor();
      expect(pathOf(opened)).toBe(`/t/custom/workflow-runs/${number}`);
      await opened.close();

      await page.getByRole('link', { name: 'New workflow' }).click();
      await button(page, 'Cancel').click();
      await heading(page, 'Workflows').waitFor();
      expect(pathOf(page)).toBe('/t/custom/workflows');
    }, 90_000);

    it.each([
      ['/workflows', 'Workflows'],
      ['/t/custom/workflow-runs/3', 'Workflow run #3'],
    ])(
      'skips the bar and the menu of %s by keyboard',
      async (path, title) => {
        const { page } = await dashboard.signIn(manager);
        await page.goto(urlOf(path));
        await heading(page, title).waitFor();
        await page.keyboard.press('Tab');
        expect(await focusIsOn(page, 'Skip to main content')).toBe(true);
        const before = page.url();
        await page.keyboard.press('Enter');
        expect(await page.evaluate(() => document.activeElement?.id)).toBe('main-content');
        await page.keyboard.press('Tab');

        expect(await page.evaluate(() => document.activeElement?.matches('main #main-content *'))).toBe(true);
        expect(page.url()).toBe(before);
      },
      90_000,
    );
  });
}
