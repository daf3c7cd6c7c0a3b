import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { announced, button, dialog, goTo, heading, row } from '../../on-the-page';
import { answerTokensWith, endToken, renewalsOf, useWrongClock } from './issuer';

const manager = 'manager@pro.example.com';

/** Clocks that are wrong, and sessions that end while a page is open. */
export function session(getDashboard: () => Dashboard): void {
  describe('staying signed in', () => {
    let dashboard: Dashboard;
    let urlOf: (path: string) => string;
    beforeAll(() => {
      dashboard = getDashboard();
      urlOf = (path) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    });

    /** One browser for all tests of this suite, in which the issuer knows the person already. */
    let context: BrowserContext;
    beforeAll(async () => {
      context = (await dashboard.newWindow()).context();
    });
    afterEach(async () => {
      await context.unrouteAll();
      await Promise.all(context.pages().map((page) => page.close()));
    });
    afterAll(() => context.close());

    async function open(path: string, prepare?: (page: Page) => Promise<unknown>) {
      const page = await context.newPage();
      await prepare?.(page);
      await page.goto(urlOf(path));
      await person(page, manager).first().waitFor();
      if (!(await signedIn(page, manager).isVisible())) await person(page, manager).click();
      await signedIn(page, manager).waitFor();
      return page;
    }
    const person = (page: Page, email: string) => page.getByRole('button', { name: email });
    const signedIn = (page: Page, email: string) => button(page, `Signed in as ${email}`);
    const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
    const ended = (place: Page | Locator) => place.getByText('Your session has ended');
    const recipe = 'Typed for half an hour';

    it('announces the end of a session that is found while somebody types, and leaves the focus where it is', async () => {
      const page = await open('/workflows/new');
      await message(page).fill('Half a');
      await answerTokensWith(context, 'invalid_grant');
      await endToken(page);

      await message(page).pressSequentially(' sentence');
      await announced(page, 'Your session has ended');
      await button(page, 'Sign in again').first().waitFor();
      await page.keyboard.type(' goes on');

      expect(await message(page).inputValue()).toBe('Half a sentence goes on');
    }, 90_000);

    /** A recipe that is being written while the session ends. */
    async function writeUntilTheEnd(prepare?: (page: Page) => Promise<unknown>) {
      const page = await open('/workflows/new', prepare);
      await page.getByLabel('Name').fill(`Written ${Math.random()}`);
      await message(page).fill(recipe);
      await page.getByText('Valid: 1 step').waitFor();
      const setRight = await answerTokensWith(context, 'invalid_grant');
      await endToken(page);
      await button(page, 'Save').click();
      await ended(page).first().waitFor();
      return { page, setRight };
    }

    it.each([2, -1_000])(
      'opens and works on a computer whose clock is off by %i hours',
      async (hours) => {
        const page = await open('/workflows', (window) => useWrongClock(window, hours));
        const visits: string[] = [];
        page.on('framenavigated', (frame) => visits.push(frame.url()));

        await goTo(page, 'Webhook Endpoints');
        await page.reload();
        await signedIn(page, manager).waitFor();
        await goTo(page, 'Usage');

        expect(visits.filter((url) => !url.startsWith(urlOf('/')))).toEqual([]);
      },
      90_000,
    );

    it('redelivers what failed in the last day of the server and not of a computer whose clock is days off', async () => {
      const { body } = await dashboard.stack.call('GET', '/api/v1/webhook-endpoints');
      const page = await open(`/webhook-endpoints/${body.data[0].id}`, (window) => useWrongClock(window, -60));
      const request = page.waitForRequest(/redeliver-failed/);
      await button(page, 'Actions').click();
      await page.getByRole('menuitem', { name: 'Redeliver failed deliveries' }).click();
      const counted = await request;

      const since = Date.parse(new URL(counted.url()).searchParams.get('since')!);

      expect(Math.abs(Date.now() - 24 * 3_600_000 - since)).toBeLessThan(60_000);
    }, 90_000);

    it('renews a token that the API refuses, once for all calls, and sends them again', async () => {
      const page = await open('/workflows', (window) => useWrongClock(window, -2));
      const renewals = renewalsOf(context);

      await endToken(page);
      await goTo(page, 'Workflow Runs');
      await row(page, '#1').first().waitFor();

      expect(renewals).toHaveLength(1);
    }, 90_000);

    it('stays on the page when the session ends, says so, and saves what was typed as soon as the issuer answers again', async () => {
      const { page, setRight } = await writeUntilTheEnd();
      expect(await message(page).inputValue()).toBe(recipe);
      expect(page.url()).toBe(urlOf('/workflows/new'));
      expect(await ended(page).count()).toBeGreaterThan(0);

      await setRight();
      // By keyboard, because the page moves when the notice goes away, and a pointer may then miss the button.
      await button(page, 'Save').press('Enter');

      await heading(page, /^Written/).waitFor();
      expect(await ended(page).count()).toBe(0);
    }, 90_000);

    it('signs in again in a window beside the page, which keeps everything and goes on', async () => {
      const { page } = await writeUntilTheEnd();
      await context.clearCookies();
      const [popup] = await Promise.all([page.waitForEvent('popup'), button(page, 'Sign in again').first().click()]);
      const closed = popup.waitForEvent('close');
      await person(popup, manager).click();
      await closed;

      await page.getByText('You are signed in again').first().waitFor();
      expect(await message(page).inputValue()).toBe(recipe);
      expect(await button(page, 'Sign in again').count()).toBe(0);
      await button(page, 'Save').click();

      await heading(page, /^Written/).waitFor();
    }, 90_000);

    it('loads the page again for somebody else who signs in, says why, and sends nothing that was typed', async () => {
      const { page } = await writeUntilTheEnd();
      const changes: string[] = [];
      page.on('request', (request) => {
        if (request.method() !== 'GET' && request.url().includes('/api/')) changes.push(request.url());
      });
      await context.clearCookies();
      const [popup] = await Promise.all([page.waitForEvent('popup'), button(page, 'Sign in again').first().click()]);
      await person(popup, 'viewer@pro.example.com').click();

      await page.getByText('You are now signed in as viewer@pro.example.com').waitFor();
      await page.getByText(`${manager} was signed in here before`).waitFor();
      expect(changes).toEqual([]);
      await context.clearCookies();
    }, 90_000);

    it('leaves to sign in without a question if the browser opens no window, and comes back to the same address', async () => {
      const { page } = await writeUntilTheEnd((window) =>
        window.addInitScript(() => {
          globalThis.open = () => null;
        }),
      );
      await context.clearCookies();

      await button(page, 'Sign in again').first().click();
      await person(page, manager).click();

      await heading(page, 'New workflow').waitFor();
      expect(page.url()).toBe(urlOf('/workflows/new'));
    }, 90_000);

    it('says in a dialog that the session has ended, and goes on there after signing in again', async () => {
      const page = await open('/workflows');
      await row(page, 'Nobody listens').getByRole('button', { name: 'Run now' }).click();
      await dialog(page).getByText('Runs left today').waitFor();
      await answerTokensWith(context, 'invalid_grant');
      await endToken(page);
      await button(dialog(page), 'Run now').click();
      await ended(dialog(page)).waitFor();

      await Promise.all([page.waitForEvent('popup'), button(dialog(page), 'Sign in again').click()]);
      await dialog(page).getByText('You are signed in again').waitFor();
      await button(dialog(page), 'Run now').click();

      await page.getByText(/^Workflow run #\d+ queued/).waitFor();
    }, 90_000);

    it.each(['server_error', 'nothing'] as const)(
      'keeps the session while the issuer answers %s, and goes on when it answers again',
      async (answer) => {
        const page = await open('/workflows');
        const setRight = await answerTokensWith(context, answer);
        await endToken(page);
        await page.getByRole('link', { name: 'Activity' }).click();
        await page.getByText('The sign-in service cannot be reached').first().waitFor();
        expect(await ended(page).count()).toBe(0);

        await setRight();
        await button(page, 'Try again').first().click();

        await row(page, 'Signed in for the first time').first().waitFor();
        dashboard.ignorePageErrors(/Failed to load resource/);
      },
      90_000,
    );

    it('gives a tab that was duplicated tokens of its own, so that neither signs the other out', async () => {
      const page = await open('/workflows');
      const [copy] = await Promise.all([
        page.waitForEvent('popup'),
        page.evaluate(() => void globalThis.open('/workflows')),
      ]);
      await signedIn(copy, manager).waitFor();

      for (const tab of [page, copy, page, copy]) {
        await endToken(tab);
        await goTo(tab, 'Activity');
        await row(tab, 'Signed in for the first time').first().waitFor();
        await goTo(tab, 'Workflows');
      }

      expect([await ended(page).count(), await ended(copy).count()]).toEqual([0, 0]);
    }, 90_000);
  });
}
