import type { BrowserContextOptions, Page } from 'playwright-core';
import { errorCodes } from '../../functions/domain/errors';
import { keepScreenshot, type Dashboard } from './dashboard';
import { tabTo } from './keyboard';
import { isDark, isWiderThanWindow, seriousFindings } from './looks';
import { button } from './on-the-page';

/** Redoc names an entry of its menu by its title alone, and the badge beside it shows the method. */
const redocsOwn = { rules: { 'label-content-name-mismatch': { enabled: false } } };

/** So many operations take axe one second, and all of them take fifteen. */
const looked = ['triggerRun', 'createWebhookEndpoint', 'getHealth'];

export function reference(getDashboard: () => Dashboard): void {
  describe('the reference of the API', () => {
    let dashboard: Dashboard;
    let address: string;
    let openApi: any;
    beforeAll(async () => {
      dashboard = getDashboard();
      address = `${dashboard.stack.connection.api_url}/api/v1/reference`;
      openApi = (await dashboard.stack.call('GET', '/api/v1/openapi.json')).body;
    });

    const idsOf = (paths: object) =>
      Object.values<any>(paths).flatMap((item) => Object.values<any>(item).map(({ operationId }) => operationId));
    const sections = (page: Page) =>
      page.locator('[data-section-id]').evaluateAll((all) => all.map((one) => one.getAttribute('data-section-id')));
    const section = (page: Page, id: string) => page.locator(`[data-section-id$="/${id}"]`);
    const isAtTop = async (page: Page, id: string) => {
      await page.waitForFunction((wanted) => location.hash.endsWith(`/${wanted}`), id);
      await page.waitForFunction((wanted) => {
        const { top = -1 } = document.querySelector(`[data-section-id$="/${wanted}"]`)?.getBoundingClientRect() ?? {};
        return top >= 0 && top < 100;
      }, id);
    };

    async function open(hash = '', options: BrowserContextOptions = {}, document = openApi): Promise<Page> {
      const page = await dashboard.newWindow(options);
      if (document !== openApi) await page.route('**/openapi.json', (route) => route.fulfill({ json: document }));
      await page.goto(`${address}${hash}`);
      await page.getByRole('heading', { level: 1, name: 'Workflows API' }).waitFor();
      await section(page, 'internal').waitFor();
      return page;
    }

    it('shows every operation, event and error code, and asks no other site for anything', async () => {
      const page = await dashboard.newWindow();
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.goto(address);
      await section(page, 'internal').waitFor();
      const shown = (await sections(page)).map((id) => id!.replace(/^.*\//, ''));

      expect(shown).toEqual(expect.arrayContaining([...idsOf(openApi.paths), ...idsOf(openApi.webhooks)]));
      expect(shown).toEqual(expect.arrayContaining([...errorCodes]));
      const { origin } = new URL(address);
      expect(requests.filter((url) => new URL(url).origin !== origin)).toEqual([]);
      expect(requests).toContain(`${address}.js`);
    }, 90_000);

    it('finds an operation by the name that generated clients give it, and leads to it', async () => {
      const page = await open();
      await page.getByRole('textbox', { name: 'Search' }).fill('triggerRun');
      const found = page.locator('[data-role="search:results"]');
      await found.getByText('Start a run', { exact: true }).click();

      await isAtTop(page, 'triggerRun');
      expect(await found.getByRole('menuitem').count()).toBe(1);
    }, 90_000);

    it("opens at the explanation of a problem's code when its link is followed", async () => {
      const { stack } = dashboard;
      const { body } = await stack.call('POST', '/api/v1/workflows/1/runs', { body: { inputs: {} } });
      const { hash } = new URL(body.type, address);
      const page = await open(hash);

      expect(hash).toBe('#invalid_request');
      await isAtTop(page, 'invalid_request');
      await section(page, 'invalid_request').getByText('422 Invalid request').waitFor();
      await page.evaluate(() => (location.hash = '#daily_cap_reached'));
      await isAtTop(page, 'daily_cap_reached');
    }, 90_000);

    it('opens at its beginning when a link is cut off or mangled', async () => {
      const page = await open('#rate%5Climited%');

      expect(new URL(page.url()).hash).toBe('');
      expect(await page.evaluate(() => scrollY)).toBe(0);
    }, 90_000);

    it('opens at an operation that an older link names, with a command for it', async () => {
      const page = await open('#triggerRun');
      await isAtTop(page, 'triggerRun');
      await section(page, 'triggerRun').getByRole('tab', { name: 'curl' }).click();

      const sample = await section(page, 'triggerRun').locator('pre').first().innerText();
      expect(sample).toContain(`curl '${new URL(address).origin}/api/v1/workflows/1/runs'`);
      expect(sample).toContain('"campaign": "Spring Promo"');
    }, 90_000);

    it('explains every error code without scripts too, and then refers to openapi.json for the rest', async () => {
      const page = await dashboard.newWindow({ javaScriptEnabled: false });
      await page.goto(`${address}#rate_limited`);

      await page.getByText('429 Too many requests').waitFor();
      for (const code of errorCodes) expect(await page.locator(`#${code}`).isVisible()).toBe(true);
      expect(await page.locator('noscript a').getAttribute('href')).toBe('/api/v1/openapi.json');
      expect(await page.getByText('The reference is being loaded.').isVisible()).toBe(false);
    }, 90_000);

    it('says so when openapi.json cannot be loaded, and still explains the error codes', async () => {
      const page = await dashboard.newWindow();
      await page.route('**/openapi.json', (route) => route.fulfill({ status: 503, body: '' }));
      await page.goto(address);

      await page.getByRole('alert').getByText('The reference could not be loaded.').waitFor();
      expect(await page.locator('#rate_limited').isVisible()).toBe(true);
      dashboard.ignorePageErrors(/status of 503|the server answered 503/);
    }, 90_000);

    const appearances: readonly [what: string, options: BrowserContextOptions][] = [
      ['light', {}],
      ['dark', { colorScheme: 'dark' }],
      ['narrow', { viewport: { width: 390, height: 844 } }],
    ];
    it.each(appearances)(
      'is shown (%s) without a serious finding of axe and without horizontal scrolling',
      async (appearance, options) => {
        const few = Object.entries<any>(openApi.paths).filter(([, item]) =>
          idsOf([item]).some((id) => looked.includes(id)),
        );
        const page = await open('#triggerRun', options, { ...openApi, paths: Object.fromEntries(few) });
        await isAtTop(page, 'triggerRun');
        await keepScreenshot(page, `reference-${appearance}`);

        expect(await seriousFindings(page, redocsOwn)).toEqual([]);
        expect(await isWiderThanWindow(page)).toBe(false);
        expect(await isDark(page)).toBe(appearance === 'dark');
      },
      90_000,
    );

    it('can be used by keyboard alone, also where the menu covers the page', async () => {
      const page = await open('', { viewport: { width: 390, height: 844 } });
      await tabTo(page, 'Menu');
      await page.keyboard.press('Enter');
      expect(await button(page, 'Menu').getAttribute('aria-expanded')).toBe('true');
      await tabTo(page, 'Search');
      await page.keyboard.type('cancelRun');
      await page.locator('[data-role="search:results"]').getByRole('menuitem').waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');

      await isAtTop(page, 'cancelRun');
      expect(await button(page, 'Menu').getAttribute('aria-expanded')).toBe('false');
    }, 90_000);
  });
}
