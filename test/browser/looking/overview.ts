import type { Page, Route } from 'playwright-core';
import { keepScreenshot, type Dashboard, type Person } from '../dashboard';
import { watchApi } from '../daily/reading/api-requests';
import { focusIsOn, tabTo } from '../keyboard';
import { isDark, isWiderThanWindow, seriousFindings } from '../looks';
import { heading, row } from '../on-the-page';

const answerOf = '**/api/v1/overview';

/** The first page: what one sees at a glance, and the way to its proof. */
export function overview(getDashboard: () => Dashboard): void {
  describe('the overview', () => {
    let dashboard: Dashboard;
    let person: Person;
    let page: Page;
    const call = async (method: string, path: string, body?: object) =>
      (await dashboard.stack.call(method, `/api/v1/${path}`, { ...(body && { body }) })).body;
    const runsOn = (on: Page) => on.getByRole('listitem').filter({ hasText: /^#\d+ / });
    const number = (name: RegExp, on = page) => on.getByRole('link', { name });
    const open = async () => {
      await person.open('/overview');
      await number(/runs? succeeded in the last/).waitFor();
    };
    /** Shows the page as it would be with other data, which would take a day or many runs to make. */
    const standIn = async (change: (answer: any) => object, by = person) => {
      await by.page.route(answerOf, async (route: Route) => {
        // Without its tag, because what is shown instead must not be kept for unchanged.
        const response = await route.fetch({ headers: { ...route.request().headers(), 'if-none-match': '' } });
        await route.fulfill({ status: 200, json: change(await response.json()) });
      });
      await anew(by);
    };
    /** Opens the page without what it has read before. */
    const anew = async (by = person) => {
      await by.open('/overview');
      await by.page.reload();
    };

    beforeAll(async () => {
      dashboard = getDashboard();
      person = await dashboard.signIn('manager@pro.example.com');
      ({ page } = person);
    }, 90_000);
    const standBack = (on: Page) => on.unrouteAll({ behavior: 'wait' });
    afterEach(() => standBack(page));

    it('is the first page after the sign-in, and the first of the menu', async () => {
      const own = await dashboard.newWindow();
      await own.goto(dashboard.stack.connection.dashboard_url);
      await own.getByRole('button', { name: 'viewer@pro.example.com' }).click();
      await heading(own, 'Overview').waitFor();

      expect(new URL(own.url()).pathname).toBe('/t/pro/overview');
      const menu = own.getByRole('navigation', { name: 'Menu' }).getByRole('link');
      expect((await menu.allInnerTexts()).slice(0, 2)).toEqual(['Overview', 'Workflows']);
      await own.context().close();
    }, 90_000);

    it('has in each number as many runs as the list that it leads to', async () => {
      const { id } = await call('POST', 'workflows/1/runs');
      await call('GET', `workflow-runs/${id}?wait_seconds=20`);
      await anew();
      const links = page.getByRole('link', { name: /in the last 24 hours$|started today$|failed: / });
      await page
        .getByRole('link', { name: /failed: / })
        .first()
        .waitFor();
      const shown = await links.evaluateAll((all) =>
        all.map((link) => ({
          count: Number.parseInt((link.getAttribute('aria-label') ?? link.textContent).replaceAll(',', '')),
          href: link.getAttribute('href')!,
        })),
      );

      expect(shown.length).toBeGreaterThanOrEqual(7);
      for (const { count, href } of shown) {
        await person.open(href);
        await heading(page, 'Workflow Runs').waitFor();
        const rows = page.locator('tbody tr').filter({ hasText: '#' });
        // The rows of the list before may still be there for a moment.
        await rows.nth(count).waitFor({ state: 'detached' });
        if (count > 0) await rows.nth(count - 1).waitFor();
      }
    }, 90_000);

    it('shows a run that was started elsewhere, and how it ended, without a click', async () => {
      const own = await dashboard.signIn('viewer@pro.example.com', { locale: 'en-US' });
      await own.page.clock.install();
      await own.page.reload();
      const api = watchApi(own.page);
      await own.open('/overview');
      await number(/runs? succeeded in the last/, own.page).waitFor();
      await api.quiet();
      const before = Number(await number(/runs? succeeded in the last/, own.page).innerText());
      const { id } = await call('POST', 'workflows/1/runs');
      await call('GET', `workflow-runs/${id}?wait_seconds=20`);
      await api.pass(15_000);

      const latest = runsOn(own.page).filter({ hasText: `#${id} ` });
      await latest.getByText('Succeeded').waitFor();
      expect(Number(await number(/runs? succeeded in the last/, own.page).innerText())).toBe(before + 1);
    }, 90_000);

    it('names an endpoint that fails, and leads to it and to all that fail', async () => {
      const { inbox_endpoint_url: inbox } = dashboard.stack.connection;
      const url = `${inbox}?respond=500,500,500,500`;
      await call('POST', 'webhook-endpoints', { url, events: ['overview.fails'] });
      const recipe = { steps: [{ type: 'fire_webhook_event', event: 'overview.fails' }] };
      const { id } = await call('POST', 'workflows', { name: 'Fires to a failing endpoint', recipe });
      await call('POST', `workflows/${id}/runs`);
      await open();

      const failing = page.getByRole('link', { name: '1 webhook endpoint failing' });
      await failing.waitFor({ timeout: 60_000 });
      await page.getByText(/^Every delivery has failed since/).waitFor();
      await failing.click();
      await heading(page, 'Webhook Endpoints').waitFor();
      await row(page, 'overview.fails').getByText('Failing').waitFor();
      expect(await page.locator('tbody tr').count()).toBe(1);
      expect(new URL(page.url()).search).toBe('?health=failing');
    }, 90_000);

    it('says when most of the daily cap is used, and when all of it is', async () => {
      await standIn((answer) => ({ ...answer, day: { ...answer.day, used: 812, cap: 1000, remaining: 188 } }));
      await page.getByRole('link', { name: '812 of 1,000 runs of today are used' }).waitFor();
      await standBack(page);
      await standIn((answer) => ({ ...answer, day: { ...answer.day, used: 799, cap: 1000, remaining: 201 } }));
      await number(/^799 runs started today/).waitFor();
      expect(await page.getByText('runs of today are used').count()).toBe(0);
      await standBack(page);
      await standIn((answer) => ({ ...answer, day: { ...answer.day, used: 1000, cap: 1000, remaining: 0 } }));

      await page.getByText('Daily workflow cap reached').waitFor();
      await page.getByRole('link', { name: 'See which runs used the cap' }).click();
      await heading(page, 'Usage').waitFor();
    }, 90_000);

    it('says kindly that nothing needs anybody', async () => {
      await standIn((answer) => ({
        ...answer,
        failures: [],
        runs: { ...answer.runs, failed: 0 },
        endpoints: { ...answer.endpoints, failing: 0, disabled_by_failures: 0, needs_attention: [] },
      }));

      await page.getByText('Nothing needs you right now').waitFor();
      await page.getByText('No run of the last 24 hours has failed.').waitFor();
    }, 90_000);

    it('says how far it has counted a tenant with very many runs', async () => {
      await standIn((answer) => ({
        ...answer,
        window: { ...answer.window, complete: false, counted_upto: answer.window.since },
      }));

      await page.getByText(/^Counting: runs up to .+ are counted so far$/).waitFor();
    }, 90_000);

    const withoutRuns = (answer: any) => ({
      ...answer,
      latest: [],
      failures: [],
      runs: { succeeded: 0, failed: 0, cancelled: 0, running: 0, queued: 0 },
      endpoints: { total: 0, failing: 0, disabled_by_failures: 0, needs_attention: [] },
    });

    it('leads a new tenant to its first run', async () => {
      await page.route('**/api/v1/workflows?limit=1', async (route) =>
        route.fulfill({ json: { data: [], has_more: false, next_cursor: null } }),
      );
      await standIn(withoutRuns);
      await page.getByRole('heading', { level: 2, name: 'Start your first run' }).waitFor();
      await page.getByRole('link', { name: 'Register a webhook endpoint' }).waitFor();
      await page.getByRole('link', { name: 'New workflow' }).click();

      await heading(page, 'New workflow').waitFor();
    }, 90_000);

    it('offers a viewer nothing that viewers may not do', async () => {
      const viewer = await dashboard.signIn('viewer@pro.example.com');
      await standIn(withoutRuns, viewer);
      await viewer.page.getByText('A member who may manage agents starts it.').waitFor();
      const main = viewer.page.getByRole('main');
      expect(await main.getByRole('link', { name: /Register|New workflow|Choose a workflow/ }).count()).toBe(0);
      await standBack(viewer.page);
      await anew(viewer);
      await viewer.page
        .getByRole('link', { name: /failed: / })
        .first()
        .waitFor();

      expect(await main.getByRole('button').count()).toBe(0);
      expect(await main.getByText(/Re-run|Edit the recipe/).count()).toBe(0);
    }, 90_000);

    it('tells a tenant on starter which plan it needs', async () => {
      const starter = await dashboard.signIn('manager@starter.example.com');
      await starter.open('/overview');

      await heading(starter.page, 'Overview').waitFor();
      await starter.page.getByRole('heading', { name: 'Workflows need the Growth plan or above' }).waitFor();
    }, 90_000);

    it('shows the reason and a way on if it cannot be read', async () => {
      await page.route(answerOf, (route) =>
        route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          json: {
            title: 'No',
            status: 403,
            detail: 'Not now.',
            code: 'permission_required',
            request_id: 'req-7',
            errors: [],
          },
        }),
      );
      await anew();
      await page.getByText('req-7').waitFor();
      await standBack(page);
      await page.getByRole('button', { name: 'Try again' }).click();

      await number(/runs? succeeded in the last/).waitFor();
    }, 90_000);

    it('is used with the keyboard alone', async () => {
      await open();
      await heading(page, 'Overview').click();
      await tabTo(page, /runs? failed in the last 24 hours/);
      expect(await focusIsOn(page, /runs? failed in the last 24 hours/)).toBe(true);
      await page.keyboard.press('Enter');

      await heading(page, 'Workflow Runs').waitFor();
      expect(new URL(page.url()).searchParams.get('status')).toBe('failed');
    }, 90_000);

    it.each([1280, 390])(
      'does not move what is shown when its data comes, in a window of %d',
      async (width) => {
        const own = await dashboard.signIn('manager@pro.example.com', { viewport: { width, height: 844 } });
        let release = () => {};
        const released = new Promise<void>((done) => (release = done));
        await own.page.route(answerOf, async (route) => {
          const response = await route.fetch();
          await released;
          await route.fulfill({ response });
        });
        await anew(own);
        await own.page.getByText('Looking').waitFor();
        release();
        await runsOn(own.page).first().waitFor();
        await standBack(own.page);
        const shift = await own.page.evaluate(
          () =>
            new Promise<number>((done) => {
              let sum = 0;
              const observer = new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
              });
              observer.observe({ type: 'layout-shift', buffered: true });
              requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
            }),
        );

        expect(shift).toBeLessThan(0.01);
      },
      90_000,
    );

    it.each([
      ['light', {}],
      ['dark', { colorScheme: 'dark' as const }],
      ['narrow', { viewport: { width: 390, height: 844 } }],
    ])(
      'has no serious finding of axe and fits the window (%s)',
      async (appearance, options) => {
        const own = await dashboard.signIn('manager@pro.example.com', options);
        await own.open('/overview');
        await own.page
          .getByRole('link', { name: /failed: / })
          .first()
          .waitFor();

        await keepScreenshot(own.page, `overview-${appearance}`);

        expect(await seriousFindings(own.page)).toEqual([]);
        expect(await isWiderThanWindow(own.page)).toBe(false);
        expect(await isDark(own.page)).toBe(appearance === 'dark');
      },
      90_000,
    );
  });
}
