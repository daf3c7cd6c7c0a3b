import { clients } from '../../e2e/mcp/clients';
import { operate, workflowId } from '../../e2e/stack';
import type { Dashboard } from '../dashboard';
import { dialog, goTo, row, runNow, stepsOf } from '../on-the-page';

export function inDepth(getDashboard: () => Dashboard): void {
  describe('what may be run in the dashboard, and what became of it', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('explains why the seeded workflows fail, in words and with the code', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      const reasons: [workflow: string, header: string, fix: string][] = [
        ['Legacy 51 steps', 'Failed with recipe_too_large', 'trim it to at most 50'],
        ['Legacy unknown step', 'Failed with step_type_not_allowed', 'use only log, '],
        ['Fails at step 2', 'Failed at step 2 with rendered_too_large', 'with a smaller input'],
      ];
      for (const [workflow, header, fix] of reasons) {
        await open('/workflows');
        await row(page, workflow)
          .first()
          .getByRole('link', { name: /^#\d+$/ })
          .click();
        await page.getByText(header).waitFor();
        await page.getByText(fix).first().waitFor();
      }
    }, 90_000);

    it('warns about an invalid recipe before it is run, and still lets it run and fail', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await row(page, 'Legacy 51 steps').getByRole('button', { name: 'Run now' }).click();
      await dialog(page).getByText('This run would fail with recipe_too_large').waitFor();
      await dialog(page).getByRole('button', { name: 'Run now' }).click();
      await page.getByRole('link', { name: 'View run' }).first().click();

      await page.getByText('Failed with recipe_too_large').waitFor();
      await page.getByText('the recipe was refused before the first one').waitFor();
    }, 90_000);

    it('links from a run to its log lines in CloudWatch in a deployment, and not in the local run', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      const link = page.getByRole('link', { name: 'CloudWatch' });
      await open('/workflow-runs/1');
      await page.getByText('Run id', { exact: true }).waitFor();
      expect(await link.count()).toBe(0);

      await page.route('**/config.json', async (route) => {
        const answer = await route.fetch();
        const config: object = await answer.json();
        await route.fulfill({
          response: answer,
          json: { ...config, run_logs_url: 'https://logs.example.com/#run={uid}' },
        });
      });
      await page.reload();

      expect(await link.getAttribute('href')).toMatch(/^https:\/\/logs\.example\.com\/#run=run_[0-9A-Z]{26}$/);
      await page.unroute('**/config.json');
    }, 90_000);

    it('accepts an input, refuses one that is not an object, and shows a run that fails because its input is too long', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await row(page, 'Fails at step 2 and continues').getByRole('button', { name: 'Run now' }).click();
      await dialog(page).getByText('This recipe reads input.n.').waitFor();
      const input = dialog(page).getByRole('textbox');
      await dialog(page).getByRole('button', { name: 'Fill in the names' }).click();
      expect(JSON.parse(await input.inputValue())).toEqual({ n: '' });
      await input.fill('12');
      await dialog(page).getByRole('button', { name: 'Run now' }).click();
      await dialog(page).getByText('The input must be a JSON object').waitFor();
      await input.fill('{"n":"123456789012"}');
      await dialog(page).getByRole('button', { name: 'Run now' }).click();
      await page.getByRole('link', { name: 'View run' }).first().click();

      await page.getByText('Failed at step 2 with rendered_too_large').waitFor();
      await stepsOf(page)
        .getByText(/^3\. log Succeeded/)
        .waitFor();
      await page.getByText('"123456789012"').waitFor();
    }, 90_000);

    it('says in the preview which inputs are sent with their type', async () => {
      const { stack } = dashboard;
      const payload = { n: '{{input.n | json}}', tags: '{{input.tags|json}}', text: 'For {{input.name}}' };
      const recipe = { steps: [{ type: 'fire_webhook_event', event: 'campaign.kickoff', payload }] };
      await stack.call('POST', '/api/v1/workflows', { body: { name: 'Sends typed inputs', recipe } });
      const { page } = await dashboard.signIn('manager@pro.example.com');
      // The list may have been read before the workflow was created.
      await page.reload();
      await row(page, 'Sends typed inputs').getByRole('button', { name: 'Run now' }).click();

      await dialog(page).getByText('Step 1: campaign.kickoff goes to 1 endpoint').waitFor();
      await dialog(page).getByText('input.n and input.tags are sent as they are in the input').waitFor();
    }, 90_000);

    it('warns about an event without subscribers, and links to the registration of an endpoint', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await runNow(page, 'Nobody listens');
      await page.getByRole('link', { name: 'View run' }).first().click();
      await page.getByText('matched_endpoints: 0').waitFor();
      await page.getByRole('link', { name: 'Register an endpoint for it' }).click();

      await dialog(page).getByText('quote.review_needed').waitFor();
    }, 90_000);

    it('hides Run now from viewers, and says why beside the name', async () => {
      const { page } = await dashboard.signIn('viewer@pro.example.com');
      await row(page, 'Spring Promo').getByText('Running it needs the Manage agents permission.').waitFor();

      expect(await page.getByRole('button', { name: 'Run now' }).count()).toBe(0);
      expect(await page.getByRole('button', { name: 'New workflow' }).count()).toBe(0);
    }, 90_000);

    it('hides Run now while a workflow is inactive, and shows it again after it is activated', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const spring = row(page, 'Spring Promo');
      await spring.getByRole('button', { name: 'More for Spring Promo' }).click();
      await page.getByRole('menuitem', { name: 'Deactivate' }).click();
      await dialog(page).getByRole('button', { name: 'Deactivate' }).click();
      await spring.getByText('Inactive: activate it to run it.').waitFor();
      expect(await spring.getByRole('button', { name: 'Run now' }).count()).toBe(0);

      await spring.getByRole('button', { name: 'More for Spring Promo' }).click();
      await page.getByRole('menuitem', { name: 'Activate' }).click();
      await dialog(page).getByRole('button', { name: 'Activate' }).click();

      await spring.getByRole('button', { name: 'Run now' }).waitFor();
    }, 90_000);

    it('shows the same page for an address of another tenant and for one that does not exist', async () => {
      const { page, open } = await dashboard.signIn('manager@growth.example.com');
      const { stack } = dashboard;
      const [endpoint] = (await stack.call('GET', '/api/v1/webhook-endpoints')).body.data;
      const { id: delivery } = (await stack.call('POST', `/api/v1/webhook-endpoints/${endpoint.id}/test`)).body;
      const recipe = { steps: [{ type: 'log', message: 'a' }] };
      // Both tenants have the same seed, so the other tenant has no workflow of this number yet.
      const workflow = (await stack.call('POST', '/api/v1/workflows', { body: { name: 'Ours alone', recipe } })).body;
      const addresses: [path: string, thing: string][] = [
        [`/workflows/${workflow.id}`, 'workflow'],
        ['/workflows/999', 'workflow'],
        ['/workflow-runs/999', 'run'],
        [`/webhook-endpoints/${endpoint.id}`, 'webhook endpoint'],
        ['/webhook-endpoints/ep_never', 'webhook endpoint'],
        [`/webhook-deliveries/${delivery}`, 'webhook delivery'],
      ];
      for (const [path, thing] of addresses) {
        await open(path);
        await page.getByText(`There is no such ${thing} in this tenant.`).waitFor();
        expect(await page.getByText('Ours alone').count()).toBe(0);
      }
    }, 90_000);

    it('tells a starter tenant which plan workflows need', async () => {
      const { page } = await dashboard.signIn('manager@starter.example.com');
      for (const name of ['Workflows', 'Workflow Runs']) {
        await goTo(page, name);
        await page.getByText('Workflows need the Growth plan or above').waitFor();
        expect(await page.getByRole('button', { name: 'Run now' }).count()).toBe(0);
      }
      await goTo(page, 'Webhook Endpoints');
      await page.getByRole('button', { name: 'Register endpoint' }).first().waitFor();
    }, 90_000);

    it('re-runs several runs at once after a confirmation with their number', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await goTo(page, 'Workflow Runs');
      await page.getByRole('checkbox', { name: 'Select run #5' }).check();
      await page.getByRole('checkbox', { name: 'Select run #2' }).check();
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Re-run' }).click();
      await dialog(page).getByText('Re-run 2 runs?').waitFor();
      await dialog(page).getByRole('button', { name: 'Re-run 2 runs' }).click();

      await page.getByText('2 runs queued.').waitFor();
    }, 90_000);

    it('offers no Cancel for runs that have ended', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await goTo(page, 'Workflow Runs');
      await page.getByRole('checkbox', { name: 'Select run #2' }).check();
      await page.getByRole('button', { name: 'Actions' }).click();

      expect(await page.getByRole('menuitem', { name: 'Cancel' }).getAttribute('aria-disabled')).toBe('true');
    }, 90_000);

    it('cancels a run that is in progress', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      await runNow(page, 'Spring Promo');
      await page.getByRole('link', { name: 'View run' }).first().click();
      await page.getByRole('button', { name: 'Cancel run' }).click();
      await dialog(page).getByRole('button', { name: 'Cancel 1 run' }).click();

      await page.getByText('Cancelled', { exact: true }).first().waitFor();
      await stepsOf(page)
        .getByText(/^3\. fire_webhook_event Skipped/)
        .waitFor();
    }, 90_000);

    it('keeps the filters of the runs in the address, even when going back', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await goTo(page, 'Workflow Runs');
      await page.getByRole('button', { name: /^Status/ }).click();
      await page.getByRole('option', { name: 'Failed' }).click();
      await page.waitForURL(/status=failed/);
      await row(page, 'recipe_too_large').first().getByRole('link', { name: /^#/ }).click();
      await page.getByText('Failed with recipe_too_large').waitFor();
      await page.goBack();

      await row(page, 'recipe_too_large').first().waitFor();
      expect(page.url()).toMatch(/workflow-runs\?status=failed$/);
      expect(await row(page, 'Succeeded').count()).toBe(0);
    }, 90_000);

    it('shares one cap between dashboard, REST and MCP, and refuses the 4th run in the same way on each', async () => {
      const { stack } = dashboard;
      const used = Number((await stack.call('GET', '/api/v1/usage', { plan: 'custom' })).body.used);
      await operate(stack, 'caps', 'set', 'custom', String(used + 3));
      const { mcp_token: mcpToken } = stack.connection.tenants['custom']!;
      const mcp = await clients[0]![2](stack.connection.mcp_url, mcpToken);
      const trigger = {
        name: 'trigger_workflow',
        arguments: { workflow_id: workflowId(stack, 'custom', 'Spring Promo') },
      };
      const path = `/api/v1/workflows/${trigger.arguments.workflow_id}/runs`;
      const { page } = await dashboard.signIn('manager@custom.example.com');

      await runNow(page, 'Spring Promo');
      const overRest = await stack.call('POST', path, { plan: 'custom' });
      const overMcp = await mcp.callTool(trigger);
      await row(page, 'Spring Promo').getByRole('button', { name: 'Run now' }).click();
      await dialog(page)
        .getByText(/^None of \d+$/)
        .waitFor();
      await dialog(page).getByRole('button', { name: 'Run now' }).click();
      const refusal = dialog(page).getByText('Daily workflow cap reached', { exact: true });
      await refusal.waitFor();

      expect(overRest.status).toBe(202);
      expect(overMcp.isError).toBeFalsy();
      expect(await dialog(page).innerText()).toMatch(
        /resets at .*GMT\+5:45 \(\d{4}-\d\d-\d\d 00:00 UTC\)[\s\S]*support@/,
      );
      expect((await stack.call('POST', path, { plan: 'custom' })).body.title).toBe('Daily workflow cap reached');
      const refused = await mcp.callTool(trigger);
      expect(refused).toMatchObject({ isError: true });
      expect(refused.content[0].text).toMatch(/^Daily workflow cap reached/);
      await mcp.close();
      await page.keyboard.press('Escape');
      await goTo(page, 'Usage');
      await page
        .getByText(`All ${used + 3} used`)
        .first()
        .waitFor();
    }, 40_000);
  });
}
