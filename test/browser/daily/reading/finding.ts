import type { Page } from 'playwright-core';
import type { Dashboard, Person } from '../../dashboard';
import { button, dialog, heading, row } from '../../on-the-page';
import { createdAt, putManyRuns } from './many-runs';

const count = 1_160;

/** Finding one run among more than a page can show. */
export function finding(getDashboard: () => Dashboard): void {
  describe('finding among 1,160 runs in the dashboard', () => {
    let dashboard: Dashboard;
    let person: Person;
    let page: Page;
    beforeAll(async () => {
      dashboard = getDashboard();
      const { stack } = dashboard;
      const triggered = { triggered_by: { channel: 'mcp', name: 'An agent' } };
      await putManyRuns(stack, stack.connection.tenants['custom']!.id, count, (id) => ({
        ...([1, 5, 1_100].includes(id) && { status: 'failed' }),
        ...(id > 100 && id <= 130 && { status: 'queued', started_at: null, finished_at: null, ...triggered }),
      }));
      person = await dashboard.signIn('manager@custom.example.com');
      ({ page } = person);
    }, 90_000);

    it('opens a run by its number, and says at the field if there is none', async () => {
      await person.open('/workflow-runs');
      const field = page.getByRole('searchbox', { name: 'Go to run #' });
      await field.fill('first');
      await field.press('Enter');
      await page.getByText('Type the number of a run, such as 12.').waitFor();
      await field.fill('4711');
      await field.press('Enter');
      await page.getByText('There is no #4711 in this tenant.').waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
      await field.fill('#1');
      await field.press('Enter');

      await heading(page, 'Workflow run #1').waitFor();
    }, 90_000);

    it('opens a delivery or an endpoint by its id', async () => {
      const { data } = (await dashboard.stack.call('GET', '/api/v1/webhook-endpoints', { plan: 'custom' })).body;
      await person.open('/webhook-deliveries');
      const field = page.getByRole('searchbox', { name: 'Go to delivery or endpoint id' });
      await field.fill(` ${data[0].id} `);
      await field.press('Enter');

      await page.getByText(data[0].id).first().waitFor();
    }, 90_000);

    it('goes on through older runs by itself until the page is full or all are searched', async () => {
      await person.open('/workflow-runs?status=failed');

      await row(page, '#1100').waitFor();
      for (const name of ['#5', '#1']) await page.getByRole('link', { name, exact: true }).waitFor();
      expect(await button(page, 'Search further').count()).toBe(0);
    }, 90_000);

    it('shows how far a long search is, stops it, and goes on', async () => {
      await page.route('**/api/v1/workflow-runs?*status=cancelled*', (route) =>
        route.fulfill({ json: { data: [], has_more: true, next_cursor: String(Math.random()) } }),
      );
      await person.open('/workflow-runs?status=cancelled');
      await page.getByText(/^Searched [2-9],000 runs, 0 found so far$/).waitFor();
      await button(page, 'Stop').click();
      await page.getByText(/^Searched \d,000 runs, 0 found\. Older runs were not searched\.$/).waitFor();
      const stopped = await page.getByText(/^Searched \d,000/).innerText();
      await button(page, 'Search further').click();

      await page.getByText(/0 found so far$/).waitFor();
      expect(stopped).not.toBe('');
      await person.open('/workflows');
      await page.unroute('**/api/v1/workflow-runs?*status=cancelled*');
    }, 90_000);

    it('finds the runs of a range of dates in one request', async () => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      const range = new URLSearchParams({ created_from: createdAt(2, count), created_before: createdAt(4, count) });
      await person.open(`/workflow-runs?${range.toString()}`);

      await row(page, '#2').waitFor();
      await row(page, '#3').waitFor();
      expect(await page.locator('tbody tr').count()).toBe(2);
      expect(asked.filter((url) => url.includes('created_before'))).toHaveLength(1);
    }, 90_000);

    it('selects all runs that match a filter, and cancels them', async () => {
      await person.open('/workflow-runs?channel=mcp');
      await row(page, '#130').waitFor();
      await page.getByRole('checkbox', { name: 'Select all runs of this page' }).press('Space');
      await button(page, 'Select all runs that match the filter (at most 1,000)').click();
      await page.getByText('All 30 runs that match the filter are selected.').waitFor();
      await page.getByText('(30 selected)').waitFor();
      await page.getByRole('button', { name: 'Actions' }).click();
      await page.getByRole('menuitem', { name: 'Cancel' }).click();
      await dialog(page).getByText('and 10 other runs will perform no more steps').waitFor();
      await dialog(page).getByRole('button', { name: 'Cancel 30 runs' }).click();

      await page.getByText('30 runs cancelled.').waitFor();
      await row(page, '#130').getByText('Cancelled').waitFor();
    }, 90_000);

    it('does not skip runs that came in while the first page was shown', async () => {
      await person.open('/workflow-runs');
      await row(page, `#${count}`).waitFor();
      await button(page, 'Next page').click();
      await row(page, `#${count - 25}`).waitFor();
      await button(page, 'Previous page').click();
      const path = '/api/v1/workflows/3/runs';
      const { body } = await dashboard.stack.call('POST', path, { plan: 'custom' });
      await page.mouse.move(5, 5);
      await button(page, 'Refresh runs').click();
      await row(page, `#${body.id}`).waitFor();
      await button(page, 'Next page').click();

      await row(page, `#${body.id - 25}`).waitFor();
    }, 90_000);
  });
}
