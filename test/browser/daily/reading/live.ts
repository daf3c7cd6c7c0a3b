import type { Page } from 'playwright-core';
import { requestsPerMinute } from '../../../../dashboard/src/api/pace';
import { workflowId } from '../../../e2e/stack';
import type { Dashboard, Person } from '../../dashboard';
import { announced, button, heading, row, stepsOf } from '../../on-the-page';
import { setVisible, watchApi, type ApiRequests } from './api-requests';

const minuteMs = 60_000;
/** In a window of its own, because its clock is the test's. */
const ownWindow = { locale: 'en-US' };

/** Lists and pages that are true now, at a bounded rate of requests. */
export function live(getDashboard: () => Dashboard): void {
  describe('what is shown in the dashboard', () => {
    let dashboard: Dashboard;
    let person: Person;
    let page: Page;
    let api: ApiRequests;
    let waiting: number;
    let quick: number;
    const call = async (method: string, path: string, body?: object) =>
      (await dashboard.stack.call(method, `/api/v1/${path}`, { ...(body && { body }) })).body;
    const start = async (workflow: number) => (await call('POST', `workflows/${workflow}/runs`)).id as number;
    const open = async (path: string) => {
      await person.open(path);
      await page.clock.runFor(100);
      await api.quiet();
    };

    beforeAll(async () => {
      dashboard = getDashboard();
      const wait = { type: 'delay', seconds: 30 };
      const steps = [{ type: 'log', message: 'Before the wait' }, ...Array.from({ length: 40 }, () => wait)];
      waiting = (await call('POST', 'workflows', { name: 'Waits for long', recipe: { steps } })).id;
      quick = workflowId(dashboard.stack, 'pro', 'Nobody listens');
      person = await dashboard.signIn('manager@pro.example.com', ownWindow);
      ({ page } = person);
      // A clock that is ten minutes fast, as the clocks of some computers are.
      await page.clock.install({ time: Date.now() + 10 * minuteMs });
      await page.reload();
      await heading(page, 'Workflows').waitFor();
      api = watchApi(page);
    }, 90_000);
    // A request that a test has held back is answered now.
    afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

    it('counts up what is running by the second and by the server’s time, between two reads', async () => {
      const id = await start(waiting);
      await open(`/workflow-runs/${id}`);
      await stepsOf(page)
        .getByText(/^2\. delay/)
        .waitFor();
      await page.route('**/api/v1/**', () => undefined);
      const timer = page.getByRole('timer').first();
      const seen: number[] = [];
      for (let seconds = 0; seconds < 4; seconds += 1) {
        await page.clock.runFor(1_000);
        seen.push(Number.parseInt(await timer.innerText()));
      }
      const live = await timer.evaluate((element) => element.closest('[aria-live]'));
      await page.getByText(/, in \d+ h/).waitFor();
      await call('POST', `workflow-runs/${id}/cancel`);

      expect(seen[0]).toBeLessThan(30);
      expect(seen.map((value) => value - seen[0]!)).toEqual([0, 1, 2, 3]);
      expect(live).toBeNull();
    }, 90_000);

    it('sends no more requests than its budget while nothing goes on', async () => {
      const { data: endpoints } = await call('GET', 'webhook-endpoints');
      const { id: run } = await call('POST', 'workflows/1/runs');
      await call('GET', `workflow-runs/${run}?wait_seconds=20`);
      const { data: deliveries } = await call('GET', 'webhook-deliveries');
      const paths = [
        '/overview',
        '/workflows',
        '/workflows/1',
        '/workflow-runs',
        `/workflow-runs/${run}`,
        '/webhook-endpoints',
        `/webhook-endpoints/${endpoints[0].id}`,
        '/webhook-deliveries',
        `/webhook-deliveries/${deliveries[0].id}`,
        '/usage',
        '/activity',
      ];
      const counts: [path: string, count: number][] = [];
      for (const path of paths) {
        await open(path);
        api.take();
        await api.pass(minuteMs, 6_000);
        counts.push([path, api.take().length]);
      }

      expect(counts.filter(([, count]) => count < 2 || count > requestsPerMinute.idle)).toEqual([]);
    }, 90_000);

    it('sends no more requests than its budget while something goes on', async () => {
      const id = await start(waiting);
      const counts: [path: string, count: number][] = [];
      for (const path of ['/overview', '/workflow-runs', `/workflow-runs/${id}`, '/workflows']) {
        await open(path);
        api.take();
        await api.pass(minuteMs, 1_000);
        counts.push([path, api.take().length]);
      }
      await call('POST', `workflow-runs/${id}/cancel`);

      expect(counts.filter(([, count]) => count < 8 || count > requestsPerMinute.busy)).toEqual([]);
    }, 90_000);

    it('is not read while the tab is hidden, and at once when it becomes visible', async () => {
      await open('/workflow-runs');
      await page.mouse.move(5, 5);
      await page.locator('tbody tr').first().waitFor();
      await setVisible(page, false);
      await api.quiet();
      api.take();
      await api.pass(minuteMs);
      const hidden = api.take();
      const id = await start(quick);
      await setVisible(page, true);
      await api.quiet();

      expect(hidden).toEqual([]);
      expect(api.take()).toContain('workflow-runs?limit=25');
      await row(page, `#${id}`).waitFor();
    }, 90_000);

    it('shows a run that somebody else started, without a click', async () => {
      await open('/workflow-runs');
      await page.mouse.move(5, 5);
      const id = await start(quick);
      await api.pass(25_000);

      await row(page, `#${id}`).getByText('Succeeded').waitFor();
    }, 90_000);

    it('moves no row that somebody points at, but offers the new runs with a button', async () => {
      await open('/workflow-runs');
      const first = page.locator('tbody tr').first();
      const before = await first.innerText();
      await first.hover();
      const ids = [await start(quick), await start(quick), await start(quick)];
      await api.pass(20_000);

      const offer = page.getByRole('button', { name: 'Show 3 new runs' });
      await offer.waitFor();
      await announced(page, 'There are new runs.');
      const [number = ''] = /#\d+/.exec(before) ?? [];
      expect(await first.innerText()).toContain(number);
      await offer.click();
      await row(page, `#${ids[2]}`).waitFor();
      await button(page, 'Refresh runs').waitFor();
    }, 90_000);

    it('moves no row while runs are selected', async () => {
      await open('/workflow-runs');
      const first = page.locator('tbody tr').first();
      await first.getByRole('checkbox').check();
      const [number = ''] = /#\d+/.exec(await first.innerText()) ?? [];
      await page.mouse.move(5, 5);
      await start(quick);
      await api.pass(20_000);

      await page.getByRole('button', { name: 'Show 1 new run' }).waitFor();
      expect(await first.innerText()).toContain(number);
      await first.getByRole('checkbox').uncheck();
      await heading(page, 'Workflow Runs').click();
      await button(page, 'Refresh runs').waitFor();
    }, 90_000);

    it('reads the workflows for the filter of the runs only when the filter is opened', async () => {
      await open('/activity');
      await page.reload();
      await heading(page, 'Activity').waitFor();
      api.take();
      await open('/workflow-runs');
      await api.pass(minuteMs);
      const before = api.take().filter((path) => path.startsWith('workflows'));
      await page.getByRole('button', { name: /^Workflow/ }).click();
      await page.getByRole('option', { name: /Waits for long/ }).click();
      await page.waitForURL(/workflow_id=/);
      await api.pass(minuteMs);

      expect(before).toEqual([]);
      expect(api.take().filter((path) => path.startsWith('workflows'))).toHaveLength(1);
    }, 90_000);
  });
}
