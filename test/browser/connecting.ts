import type { Page } from 'playwright-core';
import { openApps, type Apps } from './asking-app';
import type { Dashboard } from './dashboard';
import { tabTo } from './keyboard';
import { announced, approve, button, heading, lookForAMoment, row } from './on-the-page';
import { holdDecision, proveBy, refuseByLimit, standBack } from './stand-in';

export function connecting(getDashboard: () => Dashboard): void {
  describe('approving apps in the browser', () => {
    let dashboard: Dashboard;
    let apps: Apps;
    beforeAll(async () => {
      dashboard = getDashboard();
      apps = await openApps(dashboard.stack);
    });
    afterAll(() => apps.stop());

    const urlOf = (path: string) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    /** Somebody on the issuer's page, who signs in with one click. */
    const person = (page: Page, email: string) => page.getByRole('button', { name: email });
    const question = (page: Page, name: string) => heading(page, `“${name}” wants to connect`);
    const nothingToApprove = (page: Page) => heading(page, 'There is nothing to approve here');

    it('brings somebody who opens an address and signs in back there, with query and fragment', async () => {
      const page = await dashboard.newWindow();
      await page.goto(urlOf('/usage?x=1#today'));
      await person(page, 'viewer@pro.example.com').click();
      await button(page, 'Signed in as viewer@pro.example.com').waitFor();

      expect(page.url()).toBe(urlOf('/usage?x=1#today'));
      await page.context().close();
    }, 90_000);

    it('asks after the sign-in, and again after a change of the account', async () => {
      const page = await dashboard.newWindow();
      const app = await apps.register('Changing');
      await page.goto(app.url);
      await person(page, 'viewer@growth.example.com').click();
      await question(page, 'Changing').waitFor();
      await page.getByText('You cannot approve apps for this tenant').waitFor();
      const asked = page.url();
      expect(await button(page, 'Approve').isDisabled()).toBe(true);

      await button(page, 'Use another account').click();
      await person(page, 'manager@growth.example.com').click();
      await page.getByText('manager@growth.example.com').waitFor();
      expect(page.url()).toBe(asked);
      await approve(page);

      expect(await app.back(page)).toHaveProperty('code');
      await page.context().close();
    }, 90_000);

    it('answers an app that waits for a window that it opened, although the person signs in there', async () => {
      const opener = await dashboard.newWindow();
      const app = await apps.register('Window');
      await opener.goto(apps.home);
      const [opened] = await Promise.all([
        opener.waitForEvent('popup'),
        opener.evaluate((url) => void window.open(url), app.url),
      ]);
      await person(opened, 'viewer@growth.example.com').click();
      await question(opened, 'Window').waitFor();
      await tabTo(opened, 'Deny');
      await opened.keyboard.press('Enter');

      expect(await app.back(opened)).toMatchObject({ error: 'access_denied', state: 'Window' });
      expect(await opened.evaluate(() => window.opener !== null)).toBe(true);
      await opener.context().close();
    }, 90_000);

    it('lets a member of several tenants choose one by keyboard, and none is chosen before', async () => {
      const { page } = await dashboard.signIn('consultant@example.com');
      const app = await apps.register('Choosing');
      await page.goto(app.url);
      await lookForAMoment(page);
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');
      await announced(page, 'Choose the tenant that the app may act for.');

      // The focus is on the field that is to be filled in.
      await choose(page, 'Growth tenant', 0);
      await page.keyboard.press('Tab');
      await choose(page, 'For 365 days', 1);
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');

      expect(await app.back(page)).toHaveProperty('code');
      const { page: manager, open } = await dashboard.signIn('manager@growth.example.com');
      await open('/access-tokens/connected-apps');
      await row(manager, 'Choosing').getByText('consultant@example.com').waitFor();
      expect(await row(manager, 'Choosing').innerText()).toContain(String(new Date().getFullYear() + 1));
    }, 90_000);

    it('names the plan that has MCP to a tenant without it, and still lets the person deny', async () => {
      const { page } = await dashboard.signIn('manager@starter.example.com');
      const app = await apps.register('Starting');
      await page.goto(app.url);
      await page.getByText('Apps need the Growth plan or above').waitFor();
      expect(await button(page, 'Approve').isDisabled()).toBe(true);
      await button(page, 'Deny').click();

      expect(await app.back(page)).toMatchObject({ error: 'access_denied' });
    }, 90_000);

    it('keeps requests apart that wait at once, each of which one browser decides once', async () => {
      const { page, context } = await dashboard.signIn('manager@growth.example.com');
      const [first, second] = [await apps.register('First'), await apps.register('Second')];
      await page.goto(first.url);
      await question(page, 'First').waitFor();
      const [again, other] = [await context.newPage(), await context.newPage()];
      await Promise.all([again.goto(page.url()), other.goto(second.url)]);
      const { page: elsewhere, open } = await dashboard.signIn('consultant@example.com');
      for (const nothing of [page.url(), '/connect?request=../x', '/connect']) {
        await open(nothing);
        await nothingToApprove(elsewhere).waitFor();
      }

      await approve(page);
      expect(await first.back(page)).toMatchObject({ code: expect.any(String), state: 'First' });
      await approve(again);
      await nothingToApprove(again).waitFor();
      await announced(again, 'was decided already');
      await button(other, 'Deny').click();

      expect(await second.back(other)).toMatchObject({ error: 'access_denied', state: 'Second' });
      await Promise.all([again.close(), other.close()]);
    }, 90_000);

    it('approves nothing by a click that was meant for a window in front of it', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await apps.register('Double click');
      await page.goto(app.url);
      await lookForAMoment(page);
      // The window in front is closed between the two clicks of a double click.
      await button(page, 'Approve').evaluate((element: HTMLElement) => {
        dispatchEvent(new Event('focus'));
        element.click();
      });
      expect(await button(page, 'Approving').count()).toBe(0);
      expect(await button(page, 'Approve').isEnabled()).toBe(true);
      await approve(page);

      expect(await app.back(page)).toHaveProperty('code');
    }, 90_000);

    it('says what proves an app and until when to decide, and shows a refusal where the decision was made', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await apps.register('Claude');
      await proveBy(page, 'claude.example.com');
      await refuseByLimit(page);
      await page.goto(app.url);
      await page.getByText('Proven by claude.example.com').waitFor();
      await heading(page, /^Claude wants to connect$/).waitFor();
      await page.getByText(/^Decide before \d\d:\d\d/).waitFor();
      await approve(page);
      await announced(page, 'Revoke an app first.');
      await standBack(page);
      await approve(page);

      expect(await app.back(page)).toHaveProperty('code');
    }, 90_000);

    it('leads back to the app although the request is read again while the answer is on its way', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      const app = await apps.register('Slow');
      const { decided, release } = await holdDecision(page);
      await page.goto(app.url);
      await approve(page);
      await decided;
      const readAgain = page.waitForResponse('**/request');
      await page.evaluate(comeBackLater);
      expect((await readAgain).status()).toBe(404);
      await page.evaluate(() => new Promise(requestAnimationFrame));
      release();

      expect(await app.back(page)).toHaveProperty('code');
      await standBack(page);
    }, 90_000);
  });
}

/** In the page: a person who was elsewhere for a minute looks at it again. */
function comeBackLater(): void {
  const now = Date.now.bind(Date);
  Date.now = () => now() + 60_000;
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
}

/** Opens the select that has the focus, and chooses the option that is so many below the first one highlighted. */
async function choose(page: Page, option: string, below: number): Promise<void> {
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: option }).waitFor();
  for (let presses = 0; presses < below; presses += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}
