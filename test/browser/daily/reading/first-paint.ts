import type { Page, Request, Route } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { heading, row } from '../../on-the-page';

export function firstPaint(getDashboard: () => Dashboard): void {
  describe('the first paint of a page', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    const urlOf = (path: string) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    const me = '**/api/v1/me';

    /** Holds the answer to the next request for `url` back. @returns what lets it go */
    async function hold(page: Page, url: string): Promise<() => void> {
      let release = () => {};
      const released = new Promise<void>((done) => (release = done));
      const answer = async (route: Route) => {
        const response = await route.fetch();
        await released;
        await route.fulfill({ response });
      };
      await page.route(url, answer, { times: 1 });
      return release;
    }

    it('reads its data and loads its code before it is known who the person is, shows nothing until then, and asks once', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      await row(page, 'Spring Promo').waitFor();
      const pages: [path: string, title: string, read: string][] = [
        ['/t/pro/overview', 'Overview', '/api/v1/overview'],
        ['/t/pro/workflows', 'Workflows', '/api/v1/workflows'],
        ['/t/pro/workflows/1', 'Spring Promo', '/api/v1/workflows/1'],
        ['/t/pro/workflow-runs?status=failed', 'Workflow Runs', '/api/v1/workflow-runs'],
        ['/t/pro/workflow-runs/3', 'Workflow run #3', '/api/v1/workflow-runs/3'],
        ['/t/pro/webhook-endpoints', 'Webhook Endpoints', '/api/v1/webhook-endpoints'],
        ['/webhook-deliveries', 'Webhook Deliveries', '/api/v1/webhook-deliveries'],
        ['/access-tokens', 'Access tokens', '/api/v1/tokens'],
        ['/access-tokens/connected-apps', 'Connected apps', '/api/v1/connected-apps'],
        ['/usage', 'Usage', '/api/v1/usage'],
        ['/activity', 'Activity', '/api/v1/audit-events'],
      ];
      for (const [path, title, read] of pages) {
        const sent: string[] = [];
        const note = (request: Request) => sent.push(new URL(request.url()).pathname);
        page.on('request', note);
        const letGo = await hold(page, me);
        const code = page.waitForResponse(/\/assets\/.*-page-.*\.js$/);
        const answered = page.waitForResponse((response) => new URL(response.url()).pathname === read);
        await page.goto(urlOf(path));
        await Promise.all([answered, code]);
        expect(await page.locator('body').innerText()).toBe('');
        expect(await page.getByRole('status', { name: 'Opening the dashboard' }).count()).toBe(1);
        letGo();
        await heading(page, title).waitFor();
        await page.waitForLoadState('networkidle');

        expect(sent.filter((name) => name === read)).toEqual([read]);
        page.off('request', note);
      }
    }, 90_000);

    it('asks for the settings of the deployment while the scripts are still loading, and once', async () => {
      const { page } = await dashboard.signIn('manager@pro.example.com');
      const sent: string[] = [];
      const note = (request: Request) => sent.push(new URL(request.url()).pathname);
      page.on('request', note);
      const letGo = await hold(page, '**/assets/index-*.js');
      const settings = page.waitForResponse('**/config.json');
      const opened = page.goto(urlOf('/t/pro/usage'));
      await settings;
      letGo();
      await opened;
      await heading(page, 'Usage').waitFor();

      expect(sent.filter((name) => name === '/config.json')).toHaveLength(1);
      page.off('request', note);
    }, 90_000);
  });
}
