import { setTimeout as sleep } from 'node:timers/promises';
import { clients } from '../e2e/mcp/clients';
import { openApps, type Apps } from './asking-app';
import { keepScreenshot, type Dashboard, type Person } from './dashboard';
import { isWiderThanWindow, seriousFindings } from './looks';
import { approve, button, dialog, heading, lookForAMoment, pressTwice, row } from './on-the-page';

const [, , connect] = clients[0]!;

export function connectedApps(getDashboard: () => Dashboard): void {
  describe('apps that act for a tenant', () => {
    let dashboard: Dashboard;
    let apps: Apps;
    let refusedAfterMs: Promise<number>;
    beforeAll(async () => {
      dashboard = getDashboard();
      apps = await openApps(dashboard.stack);
    });
    afterAll(() => apps.stop());

    it('says how to connect an app where none is', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/access-tokens');
      await page.getByRole('tab', { name: 'Connected apps' }).click();
      await page.getByText('No app acts for Pro tenant').waitFor();
      await keepScreenshot(page, 'connected-apps-none');
      await button(page, 'Copy server address').click();

      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(dashboard.stack.connection.mcp_url);
    }, 90_000);

    it('connects an app, which runs a workflow until the person revokes it', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      const app = await apps.register('Spring Promo Bot');
      const decisions: (string | null)[] = [];
      page.on('request', (sent) => {
        if (sent.url().endsWith('/decision')) decisions.push(sent.postData());
      });
      await page.goto(app.url);
      await page.getByText('Nothing proves who asks').waitFor();
      await page.getByText('a program on this computer').first().waitFor();
      await lookForAMoment(page);
      await pressTwice(button(page, 'Approve'));
      const { code, ...rest } = await app.back(page);
      expect(rest).toEqual({ state: 'Spring Promo Bot', iss: dashboard.stack.connection.api_url });
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
      await heading(page, 'There is nothing to approve here').waitFor();
      await page.getByRole('link', { name: 'See the connected apps' }).click();
      await row(page, 'Spring Promo Bot').getByText('manager@pro.example.com').waitFor();
      await button(page, 'Revoke Spring Promo Bot').click();
      await dialog(page).getByText('stop working within 10 seconds').waitFor();
      await dialog(page).getByRole('button', { name: 'Revoke' }).click();
      await row(page, 'Spring Promo Bot').getByText('Revoked').waitFor();
      refusedAfterMs = untilRefused(dashboard, token);
    }, 90_000);

    it('says of an app that asks for reading only what it cannot do, and lists it so', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      const app = await apps.register('Watcher', undefined, 'mcp:read');
      await page.goto(app.url);
      await page.getByText('start runs or change anything').waitFor();
      expect(await page.getByText('start runs, which count').count()).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
      await keepScreenshot(page, 'connect-reading-only');
      await approve(page);
      const { access_token: token } = await app.exchange((await app.back(page))['code']!);
      const client = await connect(dashboard.stack.connection.mcp_url, token);
      const { tools } = await client.listTools();
      await client.close();
      expect(tools.map(({ name }) => name)).not.toContain('trigger_workflow');

      await page.goto(new URL('/access-tokens/connected-apps', dashboard.stack.connection.dashboard_url).href);
      await row(page, 'Watcher').getByText('Unproven, only reads').waitFor();
    }, 90_000);

    it('issues a token that only reads', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/access-tokens');
      await button(page, 'Create token').click();
      await dialog(page).getByLabel('Name').fill('Watching agent');
      await dialog(page).getByText('MCP server', { exact: true }).click();
      await dialog(page).getByText('Only read', { exact: true }).click();
      await keepScreenshot(page, 'token-reading-only');
      await dialog(page).getByRole('button', { name: 'Create token' }).click();
      await dialog(page).getByText('Store the token now').waitFor();
      await dialog(page).getByRole('button', { name: 'I have stored it' }).click();

      await row(page, 'Watching agent').getByText('mcp:read').waitFor();
    }, 90_000);

    it('lists apps with what proves them and how they ended', async () => {
      const person = await dashboard.signIn('manager@pro.example.com');
      const { page } = person;
      const twice = await approved(person, apps, 'Copied');
      await twice.app.exchange(twice.code);
      await expect(twice.app.exchange(twice.code)).rejects.toThrow('invalid_grant');
      const own = await approved(person, apps, 'Cleaned up');
      const { refresh_token } = await own.app.exchange(own.code);
      await own.app.disconnect(refresh_token);
      await approved(person, apps, 'Kept');
      await page.goto(new URL('/access-tokens/connected-apps', dashboard.stack.connection.dashboard_url).href);

      await row(page, 'Copied').getByText('a token was used twice').waitFor();
      await row(page, 'Cleaned up').getByText('by the app itself').waitFor();
      await row(page, 'Kept').getByText('Unproven').waitFor();
      expect(await button(page, 'Revoke Copied').count()).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
      await keepScreenshot(page, 'connected-apps');
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await isWiderThanWindow(page)).toBe(false);
      await keepScreenshot(page, 'connected-apps-narrow');
      await page.setViewportSize({ width: 1280, height: 900 });
    }, 90_000);

    it('refuses the tokens of a revoked app within 10 seconds', async () => {
      expect(await refusedAfterMs).toBeLessThan(10_000);
    }, 90_000);
  });
}

async function approved({ page }: Person, apps: Apps, name: string) {
  const app = await apps.register(name);
  await page.goto(app.url);
  await approve(page);
  return { app, code: (await app.back(page))['code']! };
}

async function untilRefused(dashboard: Dashboard, token: string): Promise<number> {
  const begunAtMs = Date.now();
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  const headers = { accept: 'application/json, text/event-stream' };
  for (;;) {
    const { status } = await dashboard.stack.call('POST', '/mcp', { token, body, headers });
    if (status === 401 || Date.now() - begunAtMs > 20_000) return Date.now() - begunAtMs;
    await sleep(250);
  }
}
