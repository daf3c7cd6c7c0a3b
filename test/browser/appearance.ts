import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { BrowserContextOptions } from 'playwright-core';
import { keepScreenshot, type Dashboard, type Person } from './dashboard';
import { focusIsOn, tabTo } from './keyboard';
import { isDark, isWiderThanWindow, seriousFindings } from './looks';
import { dialog, goTo, heading, queuedNumber, row } from './on-the-page';

const projectFolder = join(__dirname, '..', '..');

export function appearance(getDashboard: () => Dashboard): void {
  describe('the appearance and accessibility of the dashboard', () => {
    let dashboard: Dashboard;
    let pages: readonly (readonly [name: string, path: string, shows: string])[];
    beforeAll(async () => {
      dashboard = getDashboard();
      pages = await pagesOf(dashboard);
    });

    // The system setting is light by default. The contrast rule takes most of the time and its result differs in the
    // dark only, so the dark pass runs nothing else and the narrow pass leaves it out.
    const contrast = 'color-contrast';
    const appearances: readonly [what: string, options: BrowserContextOptions, rules: object][] = [
      ['light', {}, {}],
      ['dark', { colorScheme: 'dark' }, { runOnly: [contrast] }],
      ['narrow', { viewport: { width: 390, height: 844 } }, { rules: { [contrast]: { enabled: false } } }],
    ];
    it.each(appearances)(
      'shows every page (%s) without a serious finding of axe and without horizontal scrolling',
      async (appearance, options, rules) => {
        const person = await dashboard.signIn('manager@pro.example.com', options);
        const findings: string[] = [];
        for (const [name, path, shows] of pages) {
          await showPage(person, path, shows);
          findings.push(...(await seriousFindings(person.page, rules)).map((finding) => `${name}: ${finding}`));
          if (await isWiderThanWindow(person.page)) findings.push(`${name}: wider than the window`);
          await keepScreenshot(person.page, `${name}-${appearance}`);
        }

        expect(findings).toEqual([]);
        expect(await isDark(person.page)).toBe(appearance === 'dark');
      },
      90_000,
    );

    it.each([1280, 390])(
      'is no wider than a window of %d, with names, descriptions and addresses as long as they may be',
      async (width) => {
        const { stack } = dashboard;
        const send = async (path: string, body: object) =>
          (await stack.call('POST', `/api/v1/${path}`, { plan: 'custom', body })).body;
        const name = `${width}${'W'.repeat(116)}`;
        const event = 'e'.repeat(128);
        const steps = [
          { type: 'log', message: `{{${'n'.repeat(300)}}}` },
          { type: 'fire_webhook_event', event },
        ];
        const workflow = await send('workflows', { name, description: 'D'.repeat(1000), recipe: { steps } });
        const url = `https://${'h'.repeat(60)}.example.com/${'p'.repeat(300)}`;
        const headers = { [`x-${'n'.repeat(60)}`]: 'v' };
        const endpoint = await send('webhook-endpoints', {
          url,
          events: [event],
          description: 'E'.repeat(500),
          headers,
        });
        const run = await send(`workflows/${workflow.id}/runs`, { input: { [name]: name } });
        const person = await dashboard.signIn('manager@custom.example.com', { viewport: { width, height: 844 } });
        const shown: readonly (readonly [path: string, shows: string])[] = [
          ['/overview', name],
          ['/workflows', name],
          [`/workflows/${workflow.id}`, name],
          [`/workflows/${workflow.id}/edit`, 'is never filled in'],
          ['/workflow-runs', name],
          [`/workflow-runs/${run.id}`, name],
          ['/webhook-endpoints', endpoint.description],
          [`/webhook-endpoints/${endpoint.id}`, event],
          ['/webhook-deliveries', event],
        ];
        const wide: string[] = [];
        for (const [path, text] of shown) {
          await showPage(person, path, text);
          if (await isWiderThanWindow(person.page)) wide.push(path);
        }
        await showPage(person, `/workflows/${workflow.id}`, name);
        await person.page.getByRole('button', { name: 'Run now' }).first().click();
        await dialog(person.page).getByText('Step 1, message:').waitFor();
        const right = await dialog(person.page).evaluate((shownDialog) =>
          Math.max(...[...shownDialog.querySelectorAll('*')].map((one) => one.getBoundingClientRect().right)),
        );

        expect(wide).toEqual([]);
        expect(right).toBeLessThanOrEqual(width);
      },
      90_000,
    );

    it('shows dialogs and messages without a serious finding of axe', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await row(page, 'Nobody listens').getByRole('button', { name: 'Run now' }).click();
      await dialog(page).getByText('Runs left today').waitFor();
      const inRunDialog = await seriousFindings(page);
      await keepScreenshot(page, 'run-dialog-light');
      await dialog(page).getByRole('button', { name: 'Run now' }).click();
      await queuedNumber(page);
      const withMessage = await seriousFindings(page);
      await open('/webhook-endpoints?register=campaign.kickoff');
      await dialog(page).getByText('campaign.kickoff', { exact: true }).waitFor();

      expect([...inRunDialog, ...withMessage, ...(await seriousFindings(page))]).toEqual([]);
    }, 90_000);

    it('says that a page is not up to date while the API fails, and no longer when it works again', async () => {
      const { page } = await dashboard.signIn('viewer@pro.example.com');
      await row(page, 'Spring Promo').waitFor();
      // An error that the dashboard does not retry, so that the test need not wait.
      const problem = {
        title: 'Broken',
        status: 500,
        detail: 'Write to us.',
        code: 'internal',
        request_id: 'r1',
        errors: [],
      };
      await page.route('**/api/v1/**', (route) =>
        route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) }),
      );
      await page.getByRole('button', { name: 'Refresh workflows' }).click();
      await page.getByText('Not up to date').waitFor();
      await row(page, 'Spring Promo').waitFor();
      await goTo(page, 'Activity');
      await page.getByText('Request r1').waitFor();
      await page.unroute('**/api/v1/**');
      await page.getByRole('button', { name: 'Try again' }).click();

      await row(page, 'Signed in for the first time').first().waitFor();
      expect(await page.getByText('Not up to date').count()).toBe(0);
      dashboard.ignorePageErrors(/status of 500/);
    }, 90_000);

    it('opens pages and the search by keyboard shortcuts, unless they are switched off', async () => {
      const { page } = await dashboard.signIn('viewer@pro.example.com');
      await page.keyboard.press('/');
      await page.keyboard.type('g a');
      expect(await page.getByRole('searchbox', { name: 'Find a workflow' }).inputValue()).toBe('g a');
      await heading(page, 'Workflows').click();
      await page.keyboard.press('g');
      await page.keyboard.press('u');
      await heading(page, 'Usage').waitFor();
      await page.keyboard.press('?');
      await dialog(page).getByText('Use keyboard shortcuts').click();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      await page.keyboard.press('g');
      await page.keyboard.press('a');

      await heading(page, 'Usage').waitFor();
    }, 90_000);

    it('is dark or light as chosen, whatever the system setting is, and remembers the choice', async () => {
      const { page } = await dashboard.signIn('viewer@pro.example.com');
      const choose = async (mode: string) => {
        await page.getByRole('button', { name: 'Appearance' }).click();
        await page.getByRole('menuitemcheckbox', { name: mode }).click();
      };
      await choose('Dark');
      expect(await isDark(page)).toBe(true);
      await page.reload();
      await heading(page, 'Workflows').waitFor();
      expect(await isDark(page)).toBe(true);
      await choose('Same as the system');

      expect(await isDark(page)).toBe(false);
    }, 90_000);

    it('can be used by keyboard alone: from the menu to a run that is queued', async () => {
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open('/usage');
      // A page that is still being loaded takes the focus away when it appears.
      await heading(page, 'Usage').waitFor();
      await tabTo(page, 'Workflows');
      await page.keyboard.press('Enter');
      await heading(page, 'Workflows').waitFor();
      // The filter appears with the first rows, and until then Tab would pass it by.
      await page.getByLabel('Find a workflow').waitFor();
      await tabTo(page, 'Find a workflow');
      await page.keyboard.type('Spring');
      await tabTo(page, /Name|Spring Promo/);
      for (let moves = 0; moves < 20 && !(await focusIsOn(page, 'Run now')); moves += 1)
        await page.keyboard.press(moves === 0 ? 'ArrowDown' : 'ArrowRight');
      await page.keyboard.press('Enter');
      await dialog(page).getByText('Runs left today').waitFor();
      await tabTo(page, 'Run now');
      await page.keyboard.press('Enter');

      await page.getByText(/^Workflow run #\d+ queued\.$/).waitFor();
    }, 90_000);

    it('loads no more than 520 KB in Brotli for the first page', async () => {
      const { page } = await dashboard.signIn('viewer@pro.example.com', { locale: 'en-US' });
      await page.goto(dashboard.stack.connection.dashboard_url);
      await page.getByRole('heading', { level: 2, name: 'Latest runs' }).waitFor();
      const loaded: string[] = await page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
      );
      const files = ['/index.html', ...new Set(loaded.filter((path) => path.startsWith('/assets/')))];
      const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
      const sizes = files.map(
        (path) => brotliCompressSync(readFileSync(join(projectFolder, 'dashboard/dist', path)), { params }).length,
      );
      const kb = sizes.reduce((sum, size) => sum + size, 0) / 1024;

      expect(kb).toBeGreaterThan(100);
      expect(kb).toBeLessThanOrEqual(520);
    }, 90_000);
  });
}

/** Every page, with a text that shows that its data is loaded. */
async function pagesOf({ stack }: Dashboard): Promise<(readonly [string, string, string])[]> {
  const run = (await stack.call('POST', '/api/v1/workflows/1/runs')).body;
  const ended = (await stack.call('GET', `/api/v1/workflow-runs/${run.id}?wait_seconds=20`)).body;
  const [delivery] = ended.steps[2].output.deliveries;
  return [
    ['overview', '/overview', 'Latest runs'],
    ['workflows', '/workflows', 'Spring Promo'],
    ['workflow', '/workflows/1', 'Kicking off Spring Promo'],
    ['workflow-runs', '/workflow-runs', `#${run.id}`],
    ['workflow-run', `/workflow-runs/${run.id}`, 'campaign.kickoff'],
    ['workflow-run-failed', '/workflow-runs/3', '"123456789012"'],
    ['webhook-endpoints', '/webhook-endpoints', 'campaign.*'],
    ['webhook-endpoint', `/webhook-endpoints/${delivery.endpoint_id}`, '1 of 1 delivery arrived.'],
    ['webhook-deliveries', '/webhook-deliveries', 'campaign.kickoff'],
    ['webhook-delivery', `/webhook-deliveries/${delivery.id}`, 'WEBHOOK_SECRET#whsec_'],
    ['access-tokens', '/access-tokens', 'Local MCP token'],
    ['usage', '/usage', 'Day (UTC)'],
    ['activity', '/activity', 'Signed in for the first time'],
    ['recipe-editor', '/workflows/1/edit', 'Valid: 3 steps'],
    ['not-found', '/nowhere', 'There is no page at this address'],
  ];
}

async function showPage({ page, open }: Person, path: string, shows: string): Promise<void> {
  await open(path);
  await page.getByText(shows).first().waitFor({ state: 'attached' });
}
