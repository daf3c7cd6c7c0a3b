import type { Locator, Page } from 'playwright-core';
import type { Dashboard, Person } from '../dashboard';
import { keepScreenshot } from '../dashboard';
import { focusIsOn, tabTo } from '../keyboard';
import { isWiderThanWindow, seriousFindings } from '../looks';
import { heading } from '../on-the-page';
import { showRun } from './a-run';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The picture of a run, and what it says to who cannot see it. */
export function runPicture(getDashboard: () => Dashboard): void {
  describe('the timeline of a run', () => {
    let dashboard: Dashboard;
    let person: Person;
    let page: Page;
    let run: number;
    const call = async (method: string, path: string, body?: object) =>
      (await dashboard.stack.call(method, `/api/v1/${path}`, { ...(body && { body }) })).body;
    const open = async (id: number) => {
      await page.mouse.move(5, 400);
      await person.open(`/workflow-runs/${id}`);
      await heading(page, `Workflow run #${id}`).waitFor();
    };
    const picture = () => page.getByRole('group', { name: /^Timeline of run/ });
    const link = (name: string | RegExp) => picture().getByRole('link', { name });

    beforeAll(async () => {
      dashboard = getDashboard();
      person = await dashboard.signIn('manager@pro.example.com');
      ({ page } = person);
      const inbox = dashboard.stack.connection.inbox_endpoint_url;
      for (const answers of ['500,200', '500,500,200'])
        await call('POST', 'webhook-endpoints', { url: `${inbox}?respond=${answers}`, events: ['looking.fired'] });
      const fire = { type: 'fire_webhook_event', event: 'looking.fired', payload: {} };
      const steps = [{ type: 'log', message: 'Look' }, fire, { type: 'delay', seconds: 5 }, fire];
      const { id } = await call('POST', 'workflows', { name: 'To look at', recipe: { steps } });
      run = (await call('POST', `workflows/${id}/runs`)).id;
    }, 60_000);
    afterEach(() => page.unrouteAll({ behavior: 'ignoreErrors' }));

    it('grows while the run goes on, and says how long a delay still takes', async () => {
      await open(run);
      const delay = link(/^3\. delay: Running/);
      await delay.waitFor();
      await picture()
        .getByText(/^\d s left$/)
        .waitFor();
      const bar = delay.locator('.picture-wait');
      const width = async () => (await bar.boundingBox())!.width;
      const before = await width();
      await picture().getByText('Now').waitFor();
      await delay.hover();

      await picture()
        .getByText(/^3\. delay: Running, .*goes on until .*, in \d s$/)
        .waitFor();
      await until(async () => (await width()) > before);
    }, 30_000);

    it('shows each attempt by a sign and by its outcome in words, and the next one ahead in time', async () => {
      await open(run);
      const [second, due] = [link(/^Attempt 2 to .*Succeeded, HTTP 200/), link(/^Attempt 3 to .*: Due/)];
      await link(/^4\. fire_webhook_event: Succeeded/).waitFor();
      await until(async () => (await second.count()) === 2 && (await due.count()) === 2);

      expect(await link(/^Attempt \d to .*Failed, HTTP 500, http_status/).count()).toBe(6);
      expect(await left(due.first())).toBeGreaterThan(await left(link(/^Attempt 2/).last()));
      // The wait of ten minutes is made up to a tenth longer by chance.
      expect((await picture().locator('.picture-fold-length').allInnerTexts())[0]).toMatch(/^1[01] min$/);
    }, 40_000);

    it('gives the numbers of what the pointer is on, and leads to the delivery', async () => {
      await open(run);
      const attempt = link(/^Attempt 2 to .*Succeeded/).first();
      await picture().getByText('Attempt that succeeded').waitFor();
      await attempt.hover();
      await picture()
        .getByText(/^Attempt 2 to .*: Succeeded, HTTP 200, began .*, took \d+ ms$/)
        .waitFor();
      await page.mouse.move(5, 400);
      await picture().getByText('Attempt that succeeded').waitFor();
      await attempt.click();

      await heading(page, 'looking.fired').waitFor();
      await page.getByText('Attempt 2, on schedule').waitFor();
    }, 30_000);

    it('leads from a bar to the step in the list, and from there to the delivery', async () => {
      await open(run);
      await link(/^2\. fire_webhook_event/).click();
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('step-1');
      expect(await focusIsOn(page, /^2\. fire_webhook_event/)).toBe(true);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');

      await heading(page, 'looking.fired').waitFor();
    }, 30_000);

    it('is one stop of Tab, in which the arrow keys move along rows and attempts', async () => {
      await open(run);
      await link(/^Attempt 2/)
        .first()
        .waitFor();
      await tabTo(page, /^1\. log/);
      await page.keyboard.press('ArrowDown');
      expect(await focusIsOn(page, /^2\. fire_webhook_event/)).toBe(true);
      await page.keyboard.press('ArrowDown');
      expect(await focusIsOn(page, /\/hooks\/mine: /)).toBe(true);
      await page.keyboard.press('ArrowRight');
      expect(await focusIsOn(page, /^Attempt 1 to/)).toBe(true);
      const shown = picture().getByText(/^Attempt 1 to .*Failed, HTTP 500, http_status/);
      await shown.waitFor();
      await page.keyboard.press('Escape');
      await shown.waitFor({ state: 'detached' });
      expect(await focusIsOn(page, /^Attempt 1 to/)).toBe(true);
      await page.keyboard.press('Tab');
      expect(await picture().evaluate((group) => group.contains(document.activeElement))).toBe(false);
      await page.keyboard.press('Shift+Tab');
      expect(await focusIsOn(page, /^Attempt 1 to/)).toBe(true);
      await page.keyboard.press('Enter');

      await heading(page, 'looking.fired').waitFor();
    }, 30_000);

    it('is there as a table with the same numbers', async () => {
      await open(run);
      await link(/^Attempt 2/)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Show as a table' }).click();
      const table = page.getByRole('table', { name: 'Timeline as a table' });
      const rows = table.getByRole('row');

      await rows
        .filter({ hasText: /^Attempt 1 .*Failed.*HTTP 500, http_status/ })
        .first()
        .waitFor();
      // The header, four steps, two deliveries of two steps, and their two and three attempts, of which one is due.
      expect(await rows.count()).toBe(1 + 4 + 4 + 10);
    }, 30_000);

    it.each([
      ['light', 1280],
      ['dark', 1280],
      ['light', 390],
      ['dark', 390],
    ] as const)(
      'has no fault that axe finds, %s and %d pixels wide, and scrolls inside only',
      async (mode, width) => {
        const theirs = await dashboard.signIn('viewer@pro.example.com', {
          colorScheme: mode,
          viewport: { width, height: 900 },
        });
        await theirs.open(`/workflow-runs/${run}`);
        await theirs.page
          .getByRole('link', { name: /^Attempt 3 to/ })
          .first()
          .waitFor();
        await theirs.page.getByText(/^\d of \d+ failed\.|^None failed\./).waitFor();

        await theirs.page.getByRole('group', { name: /^Timeline/ }).scrollIntoViewIfNeeded();
        await keepScreenshot(theirs.page, `timeline-${mode}-${width}`);
        expect(await isWiderThanWindow(theirs.page)).toBe(false);
        expect(await seriousFindings(theirs.page)).toEqual([]);
      },
      40_000,
    );

    it('stays readable for a delivery that was retried for 28 hours', async () => {
      const retries = [0, 5_000, 305_000, 35 * minuteMs, 2.6 * hourMs, 7.6 * hourMs, 17.6 * hourMs, 27.6 * hourMs];
      const attempts = retries.map((at) => ({ at: 300 + at, status: at === 0 ? null : 503 }));
      await showRun(page, 901, [
        { type: 'log', from: 20, to: 21 },
        { type: 'fire_webhook_event', from: 30, to: 90, deliveries: [{ status: 'failed', attempts }] },
      ]);
      await open(901);
      await link(/^Attempt 8/).waitFor();
      const boxes = await Promise.all((await link(/^Attempt/).all()).map((one) => one.boundingBox()));

      expect(boxes).toHaveLength(8);
      for (const [index, box] of boxes.entries())
        expect(box!.x).toBeGreaterThanOrEqual(index === 0 ? 0 : boxes[index - 1]!.x + boxes[index - 1]!.width);
      expect(await picture().locator('.picture-fold-length').allInnerTexts()).toEqual([
        '5 min',
        '30 min',
        '2 h',
        '5 h',
        '10 h',
        '10 h',
      ]);
      await keepScreenshot(page, 'timeline-28-hours');
    }, 30_000);

    it('draws few of many deliveries, and reads the attempts of the step that is opened only', async () => {
      const deliveries = Array.from({ length: 50 }, (_, index) => ({
        status: index === 40 ? 'failed' : 'delivered',
        attempts: [{ at: 100, status: index === 40 ? 404 : 200 }],
      }));
      const steps = Array.from({ length: 50 }, (_, index) =>
        index % 2 === 0
          ? { type: 'fire_webhook_event', from: index * 30_000, to: index * 30_000 + 90, deliveries }
          : { type: 'delay', from: (index - 1) * 30_000 + 90, to: (index + 1) * 30_000, output: { seconds: 60 } },
      );
      const asked = await showRun(page, 902, steps);
      await open(902);
      await link(/^50\. delay/).waitFor();
      expect(asked).toEqual([]);
      await picture().getByRole('button', { name: 'Show 50 deliveries' }).nth(1).click();
      await link('and 40 more deliveries').waitFor();
      await link(/^Attempt 1 to/)
        .first()
        .waitFor();

      expect(await picture().getByRole('listitem').count()).toBe(50 + 10 + 1);
      expect(
        await link(/receivers\/\d+: /)
          .first()
          .innerText(),
      ).toMatch(/receivers\/40\s*Failed/);
      expect(asked).toEqual([expect.stringContaining('step_index=2')]);
      await keepScreenshot(page, 'timeline-50-steps');
      await link('and 40 more deliveries').click();
      await page.waitForURL(/webhook-deliveries\?run_id=902$/);
    }, 30_000);

    it('shows a step that failed, those that were not reached, and deliveries that are no longer kept', async () => {
      await showRun(
        page,
        903,
        [
          { type: 'fire_webhook_event', from: 5, to: 60, output: { event: 'campaign.kickoff', matched_endpoints: 2 } },
          { type: 'log', from: 70, to: 71, status: 'failed' },
          { type: 'delay', status: 'skipped' },
        ],
        { status: 'failed', steps_succeeded: 1, steps_failed: 1 },
      );
      await open(903);

      await link(/^2\. log: Failed, began/).waitFor();
      expect(await link('3. delay: Skipped').locator('.picture-bar').count()).toBe(0);
      await picture().getByText('Deliveries no longer kept').waitFor();
      expect(await picture().getByText('Now').count()).toBe(0);
    }, 30_000);

    it('shows a cancelled run up to where it was cancelled', async () => {
      const waits = {
        steps: [
          { type: 'delay', seconds: 30 },
          { type: 'log', message: 'Never' },
        ],
      };
      const { id: workflow } = await call('POST', 'workflows', { name: 'Cancelled while it waits', recipe: waits });
      const { id } = await call('POST', `workflows/${workflow}/runs`);
      await open(id);
      await link(/^1\. delay: Running/).waitFor();
      await call('POST', `workflow-runs/${id}/cancel`);

      await link(/^1\. delay: Skipped, began/).waitFor();
      await link('2. log: Skipped').waitFor();
      expect(await picture().getByText('Now').count()).toBe(0);
    }, 30_000);

    it('is not shown for a run without steps, because its recipe was refused', async () => {
      const { data } = await call('GET', 'workflow-runs?status=failed');
      await open(data.find(({ error }: any) => error.code === 'recipe_too_large').id);
      await page.getByText(/^No step was performed/).waitFor();

      expect(await picture().count()).toBe(0);
    }, 30_000);

    it('stays without attempts if they cannot be read, and reads them when asked to', async () => {
      const deliveries = [
        {
          status: 'delivered',
          attempts: [
            { at: 100, status: 500 },
            { at: 900, status: 200 },
          ],
        },
      ];
      await showRun(page, 904, [{ type: 'fire_webhook_event', from: 5, to: 60, deliveries }]);
      let isBroken = true;
      await page.route('**/api/v1/webhook-deliveries?**', (route) =>
        isBroken ? route.fulfill({ status: 422, json: {} }) : route.fallback(),
      );
      await open(904);
      await page.getByText('The attempts could not be read.').waitFor();
      await link(/^ep_.*: Delivered/)
        .first()
        .waitFor();
      isBroken = false;
      await page.getByRole('button', { name: 'Try again' }).click();

      await link(/^Attempt 2/)
        .first()
        .waitFor();
    }, 30_000);
  });
}

async function left(one: Locator): Promise<number> {
  return (await one.boundingBox())!.x;
}

/** Waits for something that is measured on the page. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  const latest = Date.now() + 20_000;
  while (!(await isTrue())) if (Date.now() > latest) throw new Error('It did not become true.');
}
