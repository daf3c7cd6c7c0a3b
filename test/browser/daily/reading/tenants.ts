import type { Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { button, goTo, heading, row } from '../../on-the-page';

/** What a page showed: its address, and the tenant that its top bar named at that moment. */
type Seen = readonly [path: string, tenant: string];

export function tenants(getDashboard: () => Dashboard): void {
  describe('a member of several tenants', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    const consultant = 'consultant@example.com';
    const names: Readonly<Record<string, string>> = { growth: 'Growth tenant', pro: 'Pro tenant' };
    const urlOf = (path: string) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    const pathOf = (page: Page) => page.url().replace(urlOf('/'), '/');
    const inTenant = (page: Page, id: string) => button(page, `Tenant ${names[id]!}`);
    const unnamed = (page: Page) => page.getByText('This link names no tenant', { exact: true });
    const openIn = async (page: Page, path: string, title: string) => {
      await page.goto(urlOf(path));
      await heading(page, title).waitFor();
    };

    it('sees which tenant a link without one has opened, and opens it in the other', async () => {
      const { page } = await dashboard.signIn(consultant);
      await openIn(page, '/t/growth/usage', 'Usage');
      await openIn(page, '/workflow-runs/3?from=mail#steps', 'Workflow run #3');
      await unnamed(page).waitFor();
      await page.getByText('You see Growth tenant.').waitFor();
      expect(pathOf(page)).toBe('/t/growth/workflow-runs/3?from=mail#steps');

      await page.getByRole('link', { name: 'Open it in Pro tenant' }).click();
      await inTenant(page, 'pro').waitFor();
      await heading(page, 'Workflow run #3').waitFor();
      expect(pathOf(page)).toBe('/t/pro/workflow-runs/3?from=mail#steps');
      expect(await page.getByText('You see').count()).toBe(0);

      // The completed address has replaced the one without a tenant.
      await page.goBack();
      await inTenant(page, 'growth').waitFor();
      await page.goBack();
      await heading(page, 'Usage').waitFor();
      expect(pathOf(page)).toBe('/t/growth/usage');
    }, 90_000);

    it('gets no notice from the first page, and none on the pages after the link', async () => {
      const { page } = await dashboard.signIn(consultant);
      await openIn(page, '/', 'Overview');
      expect(pathOf(page)).toMatch(/^\/t\/(growth|pro)\/overview$/);
      expect(await unnamed(page).count()).toBe(0);

      await openIn(page, '/usage', 'Usage');
      await unnamed(page).waitFor();
      await goTo(page, 'Workflow Runs');
      expect(await unnamed(page).count()).toBe(0);
    }, 90_000);

    it('is led to the tenant of a link in one tab only, is told so, and can go back', async () => {
      const { page, context } = await dashboard.signIn(consultant);
      const stays = await context.newPage();
      await openIn(stays, '/t/growth/workflows', 'Workflows');
      await openIn(page, '/t/growth/workflows', 'Workflows');
      await openIn(page, '/t/pro/workflow-runs/3', 'Workflow run #3');
      await inTenant(page, 'pro').waitFor();
      await page.getByText('This link names it. Before, you were in Growth tenant.').waitFor();

      const read = stays.waitForRequest('**/api/v1/workflow-runs?*');
      await goTo(stays, 'Workflow Runs');
      expect((await read).headers()['x-tenant-id']).toBe('growth');
      expect(pathOf(stays)).toBe('/t/growth/workflow-runs');
      await page.getByRole('link', { name: 'Back to Growth tenant' }).click();

      await inTenant(page, 'growth').waitFor();
      expect(pathOf(page)).toBe('/t/growth/overview');
      await stays.close();
    }, 90_000);

    it('learns no more of a tenant that is none of theirs than of one that does not exist', async () => {
      const page = await dashboard.newWindow();
      const foreign = heading(page, 'This link belongs to a tenant you are not a member of');
      const texts: string[] = [];
      await page.goto(urlOf('/t/custom/workflow-runs/3'));
      await page.getByRole('button', { name: consultant }).click();
      for (const path of ['/t/never-was/usage', '/t/Never%20Was', '/t/custom/workflow-runs/3']) {
        await foreign.waitFor();
        texts.push(await page.locator('body').innerText());
        await page.goto(urlOf(path));
      }
      await foreign.waitFor();
      expect(new Set(texts).size).toBe(1);
      expect(await page.getByRole('main').getByRole('link').allInnerTexts()).toEqual(Object.values(names));

      await button(page, 'Sign in as someone else').click();
      await page.getByRole('button', { name: 'manager@custom.example.com' }).click();
      await heading(page, 'Workflow run #3').waitFor();
      expect(pathOf(page)).toBe('/t/custom/workflow-runs/3');
      await page.context().close();
    }, 90_000);

    it('never sees one tenant under the address of another, back and forth', async () => {
      const { stack } = dashboard;
      const recipe = { steps: [{ type: 'log', message: 'a' }] };
      await stack.call('POST', '/api/v1/workflows', { body: { name: 'Only in Pro', recipe } });
      const { page, open } = await dashboard.signIn(consultant);
      const seen: Seen[] = [];
      await page.exposeFunction('saw', (...what: Seen) => seen.push(what));
      await page.addInitScript(() => {
        new MutationObserver(() => {
          const body = document.querySelector('body');
          const bar = body?.querySelector('[aria-label^="Tenant "]')?.getAttribute('aria-label');
          if (typeof bar !== 'string') return;
          (window as any).saw(location.pathname, bar);
          if (body!.innerText.includes('Only in Pro')) (window as any).saw(location.pathname, 'Tenant Pro tenant');
        }).observe(document, { subtree: true, childList: true, attributes: true });
      });
      await openIn(page, '/t/growth/workflows', 'Workflows');
      await inTenant(page, 'growth').click();
      await page.getByRole('menuitemcheckbox', { name: 'Pro tenant' }).click();
      await inTenant(page, 'pro').waitFor();
      await heading(page, 'Overview').waitFor();
      expect(pathOf(page)).toBe('/t/pro/overview');
      await goTo(page, 'Workflows');
      await row(page, 'Only in Pro').waitFor();
      expect(await page.getByText('You see').count()).toBe(0);
      await goTo(page, 'Usage');

      await page.goBack();
      await row(page, 'Only in Pro').waitFor();
      await page.goBack();
      await heading(page, 'Overview').waitFor();
      await page.goBack();
      await inTenant(page, 'growth').waitFor();
      await row(page, 'Spring Promo').waitFor();
      expect(await row(page, 'Only in Pro').count()).toBe(0);
      await page.goForward();
      await inTenant(page, 'pro').waitFor();
      await page.goForward();
      await row(page, 'Only in Pro').waitFor();
      // Even without loading the page: an address that the page itself did not make.
      await open('/t/growth/workflows');
      await inTenant(page, 'growth').waitFor();

      expect(seen.length).toBeGreaterThan(10);
      expect(seen.filter(([path, tenant]) => tenant !== `Tenant ${names[path.split('/')[2]!] ?? ''}`)).toEqual([]);
    }, 90_000);
  });
}
