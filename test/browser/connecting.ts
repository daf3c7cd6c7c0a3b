import type { Page } from 'playwright-core';
import { askFor, listApps, notFound } from './asking-app';
import { keepScreenshot, type Dashboard } from './dashboard';
import { tabTo } from './keyboard';
import { isDark, isWiderThanWindow, seriousFindings } from './looks';
import { dialog, heading, pressTwice, row } from './on-the-page';

export function connecting(getDashboard: () => Dashboard): void {
  describe('approving apps in the dashboard', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    const urlOf = (path: string) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    /** Somebody on the issuer's page, who signs in with one click. */
    const person = (page: Page, email: string) => page.getByRole('button', { name: email });
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

    it.each(['/workflows?x=1', '/usage#today'])(
      'brings somebody who opens %s and signs in back there',
      async (path) => {
        const page = await dashboard.newWindow();
        await page.goto(urlOf(path));
        await person(page, 'viewer@pro.example.com').click();
        await button(page, 'Signed in as viewer@pro.example.com').waitFor();

        expect(page.url()).toBe(urlOf(path));
        await page.context().close();
      },
      90_000,
    );

    it('asks after the sign-in, and again after a change of the account', async () => {
      const page = await dashboard.newWindow();
      const app = await askFor(page);
      await page.goto(urlOf(app.path));
      await person(page, 'viewer@growth.example.com').click();
      await heading(page, 'Claude wants to connect').waitFor();
      await page.getByText('You cannot approve apps for this tenant').waitFor();
      expect(await button(page, 'Approve').isDisabled()).toBe(true);

      await button(page, 'Use another account').click();
      await person(page, 'manager@growth.example.com').click();
      await page.getByText('manager@growth.example.com').waitFor();
      expect(page.url()).toBe(urlOf(app.path));
      expect(await button(page, 'Approve').isEnabled()).toBe(true);
      expect(app.decisions).toEqual([]);
      await page.context().close();
    }, 90_000);

    it('approves an app that is proven, once, for the tenant and the time that are shown', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await askFor(page);
      await page.goto(urlOf(app.path));
      await page.getByText('Proven by claude.example.com').waitFor();
      await pressTwice(button(page, 'Approve'));
      await page.waitForURL('**/workflows?led-back');

      expect(app.decisions).toEqual([{ tenant: 'growth', body: { decision: 'approve', expires_in_days: 90 } }]);
    }, 90_000);

    it('warns of an app that nothing proves, and denies it', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await askFor(page, { host: null, redirect_host: '127.0.0.1', redirects_to_this_machine: true });
      await page.goto(urlOf(app.path));
      await page.getByText('Nothing proves who asks').waitFor();
      await page.getByText('a program on this computer').first().waitFor();
      await button(page, 'Deny').click();
      await page.waitForURL('**/workflows?led-back');

      expect(app.decisions).toEqual([{ tenant: 'growth', body: { decision: 'deny' } }]);
    }, 90_000);

    it('lets a member of several tenants choose one by keyboard, and none is chosen before', async () => {
      const { page } = await dashboard.signIn('consultant@example.com');
      const app = await askFor(page);
      await page.goto(urlOf(app.path));
      await heading(page, 'Claude wants to connect').waitFor();
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');
      await page.getByText('Choose the tenant that the app may act for.').waitFor();
      expect(app.decisions).toEqual([]);

      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await choose(page, 'For 365 days', 1);
      await page.keyboard.press('Shift+Tab');
      await choose(page, 'Growth tenant', 0);
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/workflows?led-back');

      expect(app.decisions).toEqual([{ tenant: 'growth', body: { decision: 'approve', expires_in_days: 365 } }]);
    }, 90_000);

    it('names the plan that has MCP to a tenant without it, and still lets the person deny', async () => {
      const { page } = await dashboard.signIn('manager@starter.example.com');
      const app = await askFor(page);
      await page.goto(urlOf(app.path));
      await page.getByText('Apps need the Growth plan or above').waitFor();
      expect(await button(page, 'Approve').isDisabled()).toBe(true);
      await button(page, 'Deny').click();
      await page.waitForURL('**/workflows?led-back');

      expect(app.decisions).toEqual([{ tenant: 'starter', body: { decision: 'deny' } }]);
    }, 90_000);

    it('shows a refusal where the decision was made, and says when there is nothing left to decide', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await askFor(page);
      await page.goto(urlOf(app.path));
      app.refusal = { status: 409, code: 'limit_reached', detail: 'Revoke an app first.' };
      await button(page, 'Approve').click();
      await page.getByText('Revoke an app first.').waitFor();
      expect(await button(page, 'Approve').isEnabled()).toBe(true);

      app.refusal = notFound;
      await button(page, 'Approve').click();
      await heading(page, 'There is nothing to approve here').waitFor();
      expect(app.decisions).toHaveLength(2);
      for (const nothing of ['/connect?request=gone', '/connect?request=../x', '/connect']) {
        await page.goto(urlOf(nothing));
        await heading(page, 'There is nothing to approve here').waitFor();
      }
    }, 90_000);

    it('shows what an app asks for on any screen without a serious finding of axe', async () => {
      const { page } = await dashboard.signIn('consultant@example.com');
      const redirect_host = `${'onelonglabel'.repeat(5)}.example.com`;
      const app = await askFor(page, { name: 'OneLongWord'.repeat(9), host: null, redirect_host });
      const findings: string[] = [];
      const look = async (appearance: string, rules: object = {}) => {
        const found = await seriousFindings(page, rules);
        if (await isWiderThanWindow(page)) found.push('wider than the window');
        findings.push(...found.map((finding) => `${appearance}: ${finding}`));
        await keepScreenshot(page, `connect-${appearance}`);
      };
      await page.goto(urlOf(app.path));
      await heading(page, /wants to connect/).waitFor();
      await look('light');
      await page.emulateMedia({ colorScheme: 'dark' });
      await look('dark', { runOnly: ['color-contrast'] });
      expect(await isDark(page)).toBe(true);
      await page.emulateMedia({ colorScheme: null });
      await page.setViewportSize({ width: 320, height: 640 });
      await look('narrow', { rules: { 'color-contrast': { enabled: false } } });
      // What 1280 x 900 is at 200 %.
      await page.setViewportSize({ width: 640, height: 450 });
      await look('zoomed', { rules: { 'color-contrast': { enabled: false } } });
      await page.goto(urlOf('/connect?request=gone'));
      await heading(page, 'There is nothing to approve here').waitFor();
      await look('gone');

      expect(findings).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 900 });
    }, 90_000);

    it('says how to connect an app where none is, and lists and revokes those that are', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await listApps(page, []);
      await open('/access-tokens');
      await page.getByRole('tab', { name: 'Connected apps' }).click();
      await page.getByRole('button', { name: 'Copy server address' }).click();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(urlOf('/mcp'));

      await listApps(page, [{}, { name: 'n8n', host: null }, { status: 'revoked', revoked_because: 'reuse_detected' }]);
      await page.getByRole('button', { name: 'Refresh connected apps' }).click();
      await row(page, 'a token was used twice').waitFor();
      await row(page, 'n8n').getByText('Unproven').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Revoke n8n' }).click();
      await dialog(page).getByText('stop working within 10 seconds').waitFor();
      await dialog(page).getByRole('button', { name: 'Revoke' }).click();

      await row(page, 'n8n').getByText('Revoked').waitFor();
      await page.unrouteAll();
    }, 90_000);
  });
}

/** Opens the select that has the focus, and chooses the option that is so many below the first one highlighted. */
async function choose(page: Page, option: string, below: number): Promise<void> {
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: option }).waitFor();
  for (let presses = 0; presses < below; presses += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}
