import type { Page } from 'playwright-core';
import { clients } from '../e2e/mcp/clients';
import { openApps, type Apps } from './asking-app';
import type { Dashboard } from './dashboard';
import { tabTo } from './keyboard';
import { dialog, heading, pressTwice, row } from './on-the-page';
import { holdDecision, proveBy, refuseByLimit, standBack } from './stand-in';

const [, , connect] = clients[0]!;

export function connecting(getDashboard: () => Dashboard): void {
  describe('connecting apps in the browser', () => {
    let dashboard: Dashboard;
    let apps: Apps;
    beforeAll(async () => {
      dashboard = getDashboard();
      apps = await openApps(dashboard.stack);
    });
    afterAll(() => apps.stop());

    const urlOf = (path: string) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    /** Somebody on the issuer's page, who signs in with one click. */
    const person = (page: Page, email: string) => page.getByRole('button', { name: email });
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
    const nothingToApprove = (page: Page) => heading(page, 'There is nothing to approve here');
    const isRefused = async (token: string) => {
      const body = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
      const headers = { accept: 'application/json, text/event-stream' };
      return (await dashboard.stack.call('POST', '/mcp', { token, body, headers })).status === 401;
    };

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

    it('connects an app that then runs a workflow, until the person revokes it', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      const app = await apps.register('Spring Promo Bot');
      const decisions: (string | null)[] = [];
      page.on('request', (sent) => {
        if (sent.url().endsWith('/decision')) decisions.push(sent.postData());
      });
      await page.goto(app.url);
      await heading(page, '“Spring Promo Bot” wants to connect').waitFor();
      await page.getByText('Nothing proves who asks').waitFor();
      await page.getByText('a program on this computer').first().waitFor();
      await pressTwice(button(page, 'Approve'));
      const { code, ...rest } = await app.back(page);
      expect(rest).toEqual({ state: 'Spring Promo Bot', iss: new URL(urlOf('/')).origin });
      expect(decisions).toEqual([JSON.stringify({ decision: 'approve', expires_in_days: 90 })]);

      const { access_token: token } = await app.exchange(code!);
      const client = await connect(dashboard.stack.connection.mcp_url, token);
      const trigger = { workflow_id: 1, input: { campaign: 'Spring Promo' }, wait_seconds: 20 };
      const started = await client.callTool({ name: 'trigger_workflow', arguments: trigger });
      await client.close();
      expect(started.structuredContent.run).toMatchObject({
        status: 'succeeded',
        triggered_by: { channel: 'mcp', name: 'Spring Promo Bot' },
      });

      await page.goBack();
      await nothingToApprove(page).waitFor();
      await page.getByRole('link', { name: 'See the connected apps' }).click();
      await row(page, 'Spring Promo Bot').getByText('manager@pro.example.com').waitFor();
      await page.getByRole('button', { name: 'Revoke Spring Promo Bot' }).click();
      await dialog(page).getByText('stop working within 10 seconds').waitFor();
      await dialog(page).getByRole('button', { name: 'Revoke' }).click();
      await row(page, 'Spring Promo Bot').getByText('Revoked').waitFor();
      const revokedAtMs = Date.now();
      while (!(await isRefused(token))) {
        expect(Date.now() - revokedAtMs).toBeLessThan(10_000);
        await page.waitForTimeout(250);
      }
    }, 90_000);

    it('asks after the sign-in, and again after a change of the account', async () => {
      const page = await dashboard.newWindow();
      const app = await apps.register('Changing');
      await page.goto(app.url);
      await person(page, 'viewer@growth.example.com').click();
      await heading(page, '“Changing” wants to connect').waitFor();
      await page.getByText('You cannot approve apps for this tenant').waitFor();
      const asked = page.url();
      expect(await button(page, 'Approve').isDisabled()).toBe(true);

      await button(page, 'Use another account').click();
      await person(page, 'manager@growth.example.com').click();
      await page.getByText('manager@growth.example.com').waitFor();
      expect(page.url()).toBe(asked);
      await button(page, 'Approve').click();

      expect(await app.back(page)).toHaveProperty('code');
      await page.context().close();
    }, 90_000);

    it('answers an app that opened a window of its own for it, although the person signs in there', async () => {
      const opener = await dashboard.newWindow();
      const app = await apps.register('Popup');
      await opener.goto(apps.home);
      const [popup] = await Promise.all([
        opener.waitForEvent('popup'),
        opener.evaluate((url) => void window.open(url), app.url),
      ]);
      await person(popup, 'viewer@growth.example.com').click();
      await heading(popup, '“Popup” wants to connect').waitFor();
      await tabTo(popup, 'Deny');
      await popup.keyboard.press('Enter');

      expect(await app.back(popup)).toMatchObject({ error: 'access_denied', state: 'Popup' });
      expect(await popup.evaluate(() => window.opener !== null)).toBe(true);
      await opener.context().close();
    }, 90_000);

    it('lets a member of several tenants choose one by keyboard, and none is chosen before', async () => {
      const { page } = await dashboard.signIn('consultant@example.com');
      const app = await apps.register('Choosing');
      await page.goto(app.url);
      await heading(page, '“Choosing” wants to connect').waitFor();
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');
      await page.getByText('Choose the tenant that the app may act for.').waitFor();

      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Shift+Tab');
      await choose(page, 'For 365 days', 1);
      await page.keyboard.press('Shift+Tab');
      await choose(page, 'Growth tenant', 0);
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');

      expect(await app.back(page)).toHaveProperty('code');
      const { page: manager, open } = await dashboard.signIn('manager@growth.example.com');
      await open('/access-tokens/connected-apps');
      await row(manager, 'Choosing').getByText('consultant@example.com').waitFor();
      expect(await row(manager, 'Choosing').innerText()).toContain(String(new Date().getFullYear() + 1));
    }, 90_000);

    it('names the plan that has MCP to a tenant without it, and still lets the person deny', async () => {
      const { page } = await dashboard.signIn('manager@starter.example.com');
      const app = await apps.register('Starting');
      await page.goto(app.url);
      await page.getByText('Apps need the Growth plan or above').waitFor();
      expect(await button(page, 'Approve').isDisabled()).toBe(true);
      await button(page, 'Deny').click();

      expect(await app.back(page)).toMatchObject({ error: 'access_denied' });
    }, 90_000);

    it('keeps requests apart that wait at once, each of which one browser decides once', async () => {
      const { page, context } = await dashboard.signIn('manager@growth.example.com');
      const [first, second] = [await apps.register('First'), await apps.register('Second')];
      await page.goto(first.url);
      await heading(page, '“First” wants to connect').waitFor();
      const [again, other] = [await context.newPage(), await context.newPage()];
      await Promise.all([again.goto(page.url()), other.goto(second.url)]);
      await heading(again, '“First” wants to connect').waitFor();
      const { page: elsewhere } = await dashboard.signIn('consultant@example.com');
      for (const nothing of [page.url(), urlOf('/connect?request=../x'), urlOf('/connect')]) {
        await elsewhere.goto(nothing);
        await nothingToApprove(elsewhere).waitFor();
      }

      await button(page, 'Approve').click();
      const { code } = await first.back(page);
      await button(again, 'Approve').click();
      await nothingToApprove(again).waitFor();
      await button(other, 'Deny').click();

      expect(await second.back(other)).toMatchObject({ error: 'access_denied', state: 'Second' });
      expect(await isRefused((await first.exchange(code!)).access_token)).toBe(false);
      await Promise.all([again.close(), other.close()]);
    }, 90_000);

    it('says what proves an app, and shows a refusal where the decision was made', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await apps.register('Claude');
      await proveBy(page, 'claude.example.com');
      await refuseByLimit(page);
      await page.goto(app.url);
      await page.getByText('Proven by claude.example.com').waitFor();
      await heading(page, /^Claude wants to connect$/).waitFor();
      await button(page, 'Approve').click();
      await page.getByText('Revoke an app first.').waitFor();
      await standBack(page);
      await button(page, 'Approve').click();

      expect(await app.back(page)).toHaveProperty('code');
    }, 90_000);

    it('leads back to the app although the request is read again while the answer is on its way', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await apps.register('Slow');
      const { decided, release } = await holdDecision(page);
      await page.goto(app.url);
      await button(page, 'Approve').click();
      await decided;
      const readAgain = page.waitForResponse('**/request');
      await page.evaluate(comeBackLater);
      expect((await readAgain).status()).toBe(404);
      await page.waitForTimeout(300);
      release();

      expect(await app.back(page)).toHaveProperty('code');
      await standBack(page);
    }, 90_000);
  });
}

/** In the page: a person who was elsewhere for a while looks at it again. */
function comeBackLater(): void {
  const now = Date.now.bind(Date);
  Date.now = () => now() + 60_000;
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

/** Opens the select that has the focus, and chooses the option that is so many below the first one highlighted. */
async function choose(page: Page, option: string, below: number): Promise<void> {
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: option }).waitFor();
  for (let presses = 0; presses < below; presses += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}
