import type { Dashboard } from '../dashboard';
import { dialog, heading } from '../on-the-page';
import { messages, payloadText, source } from './editor/recipe';
import { field, manager } from './typed-promo';

/** What somebody new does first, from an empty editor to a webhook that arrived at its second attempt. */
export function wholePath(getDashboard: () => Dashboard): void {
  describe('a newcomer', () => {
    let dashboard: Dashboard;
    beforeAll(async () => {
      dashboard = getDashboard();
      const inbox = dashboard.stack.connection.inbox_endpoint_url;
      await dashboard.stack.call('POST', '/api/v1/webhook-endpoints', {
        body: { url: `${inbox}?respond=500,200`, events: ['campaign.kickoff'] },
      });
    });

    it.each([
      ['at a desk', { viewport: { width: 1280, height: 900 } }],
      ['with a phone', { viewport: { width: 390, height: 844 }, hasTouch: true }],
    ])(
      'writes the recipe of the page with one declared input %s, runs it from the form, and sees what came of it',
      async (where, options) => {
        const name = `Spring Promo ${where}`;
        const { page, open } = await dashboard.signIn(manager, { locale: 'en-IE', ...options });
        await open('/workflows/new');
        await page.getByLabel('Name').first().fill(name);
        await page.getByText('Offer to AI agents as a tool of its own').click();
        await messages(page).first().fill('Kicking off {{input.campaign}}');
        await source(page, 'Fire a webhook event').click();
        await page.keyboard.type('campaign.kickoff');
        await page.getByRole('textbox', { name: 'Payload' }).fill(payloadText);
        await source(page, 'Wait').click();
        await source(page, 'Log a message').click();
        await page.keyboard.type('Done');
        await page.getByRole('button', { name: 'Declare campaign' }).click();
        await page.getByRole('group', { name: 'input campaign' }).getByText('Required').click();
        await page.getByText('Valid: 4 steps').waitFor();
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await heading(page, name).waitFor();

        await page.getByRole('button', { name: 'Run now', exact: true }).click();
        await field(page, 'campaign').fill('Spring');
        await dialog(page).getByText('Kicking off Spring').waitFor();
        await dialog(page).getByRole('button', { name: 'Run now', exact: true }).click();
        await page
          .getByRole('link', { name: /^#\d+$|View run/ })
          .first()
          .click();
        const picture = page.getByRole('group', { name: /^Timeline of run/ });
        await picture.getByRole('link', { name: /^Attempt 1 to .*Failed, HTTP 500/ }).waitFor();
        await picture.getByRole('link', { name: /^Attempt 2 to .*Succeeded, HTTP 200/ }).waitFor();
        await picture.getByRole('link', { name: /^4\. log: Succeeded/ }).waitFor();

        expect(await toolNamed(dashboard, name)).toMatchObject({
          name: where === 'at a desk' ? 'run_spring_promo_at_a_desk' : 'run_spring_promo_with_a_phone',
          inputSchema: { required: ['campaign'], properties: { campaign: { type: 'string' } } },
        });
      },
      120_000,
    );
  });
}

/** The tool as an agent's client is shown it. */
async function toolNamed({ stack }: Dashboard, title: string): Promise<unknown> {
  const { mcp_url: url, tenants } = stack.connection;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tenants['pro']!.mcp_token}`,
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': '2025-11-25',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  const { result } = (await response.json()) as { result: { tools: { title: string }[] } };
  return result.tools.find((tool) => tool.title === title);
}
