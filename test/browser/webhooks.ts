import { inboxMessages } from '../e2e/stack';
import type { Dashboard } from './dashboard';
import { dialog, goTo, heading, pressTwice, row, stepsOf } from './on-the-page';

export function webhooks(getDashboard: () => Dashboard): void {
  describe('webhooks, tokens and people in the dashboard', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('registers an endpoint, shows its secret once, tests it, and redelivers what it received', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await goTo(page, 'Webhook Endpoints');
      await page.getByRole('button', { name: 'Register endpoint' }).click();
      await dialog(page).getByLabel('URL').fill(dashboard.stack.connection.inbox_endpoint_url);
      const events = dialog(page).getByRole('combobox', { name: /Events|Add an event/ });
      await events.click();
      await page.getByRole('option', { name: /quote\.review_needed/ }).click();
      await events.fill('orders.*');
      await events.press('Enter');
      await dialog(page).getByRole('button', { name: 'Register', exact: true }).click();
      await dialog(page)
        .getByText(/^whsec_/)
        .waitFor();
      await dialog(page).getByRole('button', { name: 'I have stored it' }).click();

      await row(page, '/hooks/mine').getByRole('link').click();
      await page.getByText('orders.*').waitFor();
      expect(await page.getByText(/whsec_/).count()).toBe(0);
      await page.getByRole('button', { name: 'Send test event' }).click();
      await page.getByText('The test event was delivered').waitFor();
      await page
        .getByRole('button', { name: 'View delivery' })
        .or(page.getByRole('link', { name: 'View delivery' }))
        .click();

      await heading(page, 'endpoint.test').waitFor();
      await page.getByText('Attempt 1, test event').waitFor();
      await page.getByRole('button', { name: 'Redeliver' }).click();
      await dialog(page).getByRole('button', { name: 'Redeliver' }).click();
      await page.getByText('1 delivery queued for redelivery.').waitFor();
      await page.getByText('Attempt 2, redelivery').waitFor();

      const id = page.url().split('/').at(-1);
      const received = (await inboxMessages(dashboard.stack)).filter(({ webhook_id }) => webhook_id === id);
      expect(received.map(({ verified }) => verified)).toEqual([true, true]);
      expect(new Set(received.map(({ body }) => body)).size).toBe(1);
      expect(await page.getByRole('region', { name: 'body' }).innerText()).toContain(received[0]!.body);
      await open('/webhook-deliveries?status=delivered');
      await row(page, 'endpoint.test').first().waitFor();
    }, 40_000);

    it('registers one endpoint and shows its secret if Register is pressed twice', async () => {
      const { page, open } = await dashboard.signIn('manager@custom.example.com');
      await open('/webhook-endpoints?register=campaign.twice');
      await dialog(page).getByLabel('URL').fill(dashboard.stack.connection.inbox_endpoint_url);
      await pressTwice(dialog(page).getByRole('button', { name: 'Register', exact: true }));

      await dialog(page)
        .getByText(/^whsec_/)
        .waitFor();
      await dialog(page).getByRole('button', { name: 'I have stored it' }).click();
      await row(page, 'campaign.twice').waitFor();
      expect(await row(page, 'campaign.twice').count()).toBe(1);
    }, 90_000);

    it('explains at the field why a URL is not allowed', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/webhook-endpoints?register=campaign.kickoff');
      await dialog(page).getByLabel('URL').fill('https://10.0.0.1/hook');
      await dialog(page).getByRole('button', { name: 'Register', exact: true }).click();

      await dialog(page)
        .getByText(/^The host is an IP address/)
        .waitFor();
    }, 90_000);

    it('disables an endpoint and rotates its secret', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      await goTo(page, 'Webhook Endpoints');
      await row(page, 'campaign.*').getByRole('link').click();
      const choose = async (name: string) => {
        await page.getByRole('button', { name: 'Actions' }).click();
        await page.getByRole('menuitem', { name, exact: true }).click();
      };
      await choose('Rotate secret');
      await dialog(page).getByRole('button', { name: 'Rotate' }).click();
      await dialog(page)
        .getByText(/^whsec_/)
        .waitFor();
      await dialog(page).getByRole('button', { name: 'I have stored it' }).click();
      await choose('Disable');
      await dialog(page).getByRole('button', { name: 'Disable' }).click();

      await page.getByText('Disabled in the dashboard or over the API').waitFor();
    }, 90_000);

    it('creates a token that works over REST, and revokes it', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      const { stack } = dashboard;
      await goTo(page, 'Access tokens');
      await page.getByRole('button', { name: 'Create token' }).click();
      await dialog(page).getByLabel('Name').fill('From a browser');
      await dialog(page).getByRole('button', { name: 'Create token' }).click();
      const token = await dialog(page)
        .getByText(/^cwf_pat_/)
        .first()
        .innerText();
      await dialog(page).getByRole('button', { name: 'I have stored it' }).click();

      const path = '/api/v1/workflows';
      expect((await stack.call('GET', path, { token })).status).toBe(200);
      expect((await stack.call('GET', '/api/v1/webhook-endpoints', { token })).status).toBe(403);
      expect(await page.getByText(/cwf_pat_/).count()).toBe(0);
      await page.getByRole('button', { name: 'Revoke From a browser' }).click();
      await dialog(page).getByRole('button', { name: 'Revoke' }).click();
      await row(page, 'From a browser').getByText('Revoked').waitFor();
      await goTo(page, 'Activity');
      await row(page, 'Revoked a token').first().getByText('manager@pro.example.com').waitFor();
    }, 90_000);

    it('shows markup in names, messages and payloads as text, and runs none of it', async () => {
      const { stack } = dashboard;
      const markup = `<img src=x onerror="alert('ran')"><script>alert('ran')</script>`;
      const recipe = {
        steps: [
          { type: 'log', message: `${markup} {{input.who}}` },
          { type: 'fire_webhook_event', event: 'campaign.markup', payload: { html: markup } },
        ],
      };
      const body = { name: markup, description: markup, recipe };
      const { id } = (await stack.call('POST', '/api/v1/workflows', { body })).body;
      const run = await stack.call('POST', `/api/v1/workflows/${id}/runs`, { body: { input: { who: markup } } });
      const { page, open } = await dashboard.signIn('manager@pro.example.com');

      await open(`/workflows/${id}`);
      await heading(page, markup).waitFor();
      await page.getByRole('tab', { name: 'JSON' }).click();
      await page.getByRole('region', { name: 'recipe' }).waitFor();
      await open(`/workflow-runs/${run.body.id}`);
      await stepsOf(page).getByText('Delivered', { exact: true }).waitFor();
      expect(await page.getByText(`${markup} ${markup}`).count()).toBe(1);
      await page.getByRole('link', { name: 'Delivery' }).click();
      await heading(page, 'campaign.markup').waitFor();
      await page.getByRole('region', { name: 'body' }).waitFor();

      expect(await page.locator('img[src="x"]').count()).toBe(0);
    }, 90_000);

    it('lets a member of two tenants switch between them', async () => {
      const { page } = await dashboard.signIn('consultant@example.com');
      const menu = page.getByRole('button', { name: /^Tenant / });
      const first = await menu.innerText();
      await menu.click();
      await page.getByRole('menuitemcheckbox').filter({ hasNotText: first }).click();

      await page
        .getByRole('button', { name: /^Tenant / })
        .filter({ hasNotText: first })
        .waitFor();
      await heading(page, 'Overview').waitFor();
    }, 90_000);

    it('asks for a sign-in again after signing out', async () => {
      const { page } = await dashboard.signIn('viewer@growth.example.com');
      await page.getByRole('button', { name: /^Signed in as/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();

      await page.getByRole('button', { name: 'viewer@growth.example.com' }).waitFor();
    }, 90_000);

    it('renews an expired sign-in silently, and asks for a sign-in only if that fails', async () => {
      const { page } = await dashboard.signIn('viewer@pro.example.com');
      const expire = (refreshToken?: string) =>
        page.evaluate((token) => {
          for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith('oidc.user'))) {
            const user = JSON.parse(sessionStorage.getItem(key)!);
            user.profile.exp = 1;
            if (token !== undefined) user.refresh_token = token;
            sessionStorage.setItem(key, JSON.stringify(user));
          }
        }, refreshToken);

      await expire();
      await page.reload();
      await heading(page, 'Workflows').waitFor();
      await page.context().clearCookies();
      await expire('gone');
      await page.reload();

      await page.getByRole('button', { name: 'viewer@pro.example.com' }).waitFor();
    }, 90_000);
  });
}
