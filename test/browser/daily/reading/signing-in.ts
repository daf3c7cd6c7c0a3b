import type { Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { button, heading } from '../../on-the-page';
import { answerTokensWith, endToken } from './issuer';

const viewer = 'viewer@pro.example.com';
const discovery = '**/.well-known/openid-configuration';
const askForSignIn = /:\d+\/auth\?/;

/** Sign-ins that fail: each says why, and none goes round in circles. */
export function signingIn(getDashboard: () => Dashboard): void {
  describe('signing in when something is in the way', () => {
    let dashboard: Dashboard;
    let urlOf: (path: string) => string;
    beforeAll(() => {
      dashboard = getDashboard();
      urlOf = (path) => new URL(path, dashboard.stack.connection.dashboard_url).href;
    });
    afterEach(() => dashboard.ignorePageErrors(/Failed to load resource|^ApiError/));

    const person = (page: Page) => page.getByRole('button', { name: viewer });
    const signedIn = (page: Page) => button(page, `Signed in as ${viewer}`);
    const problem = (page: Page, title: string) => page.getByText(`The dashboard could not be opened: ${title}`);

    async function open(path = '/usage') {
      const page = await dashboard.newWindow();
      await page.goto(urlOf(path));
      await person(page).click();
      return page;
    }

    it.each(['invalid_grant', 'server_error'] as const)(
      'starts over once if the issuer answers %s to the code, then says why, and tries again when asked',
      async (answer) => {
        const page = await dashboard.newWindow();
        const starts: string[] = [];
        page.on('request', (request) => askForSignIn.test(request.url()) && starts.push(request.url()));
        const setRight = await answerTokensWith(page.context(), answer, 'authorization_code');
        await page.goto(urlOf('/usage?x=1'));
        await person(page).click();

        await problem(page, 'sign-in failed').waitFor();
        await page.getByText(`“The issuer says ${answer}”`).waitFor();
        expect(starts).toHaveLength(2);
        await button(page, 'Try again').click();
        await problem(page, 'sign-in failed').waitFor();
        expect(starts).toHaveLength(4);
        await setRight();
        await button(page, 'Try again').click();

        await heading(page, 'Usage').waitFor();
        expect(page.url()).toBe(urlOf('/usage?x=1'));
        await page.context().close();
      },
      90_000,
    );

    it('says why the issuer refuses somebody, in its words', async () => {
      const page = await dashboard.newWindow();
      await page.route(askForSignIn, (route) => {
        const asked = new URL(route.request().url()).searchParams;
        const answer = {
          error: 'access_denied',
          error_description: 'Outside office hours',
          state: asked.get('state')!,
        };
        const location = `${asked.get('redirect_uri')}?${new URLSearchParams(answer).toString()}`;
        return route.fulfill({ status: 303, headers: { location } });
      });

      await page.goto(urlOf('/usage'));

      await problem(page, 'sign-in refused').waitFor();
      await page.getByText('“Outside office hours”').waitFor();
      expect(page.url()).toBe(urlOf('/usage'));
      await page.context().close();
    }, 90_000);

    it('shows no words that a link puts into the mouth of the issuer', async () => {
      const page = await dashboard.newWindow();

      await page.goto(urlOf('/signed-in?error=access_denied&error_description=Call+555-0100&state=made-up'));

      await person(page).waitFor();
      await page.context().close();
    }, 90_000);

    it('says so if its settings are missing, no settings or cut short, and tries again when asked', async () => {
      const page = await dashboard.newWindow();
      const faults: [status: number, body: string, reason: string][] = [
        [404, '', 'status 404'],
        [200, '<!doctype html>', 'does not name issuer'],
        [200, '{"issuer":', 'does not name issuer'],
      ];
      for (const [status, body, reason] of faults) {
        await page.route('**/config.json', (route) => route.fulfill({ status, body }));
        await page.goto(urlOf('/usage'));
        await problem(page, 'settings not loaded').waitFor();
        await page.getByText(reason).waitFor();
      }

      await page.unroute('**/config.json');
      await button(page, 'Try again').click();

      await person(page).waitFor();
      await page.context().close();
    }, 90_000);

    it('says so if the issuer cannot be reached, and tries again when asked', async () => {
      const page = await dashboard.newWindow();
      await page.route(discovery, (route) => route.abort());
      await page.goto(urlOf('/usage'));
      await problem(page, 'sign-in service not reached').waitFor();

      await page.unroute(discovery);
      await button(page, 'Try again').click();

      await person(page).waitFor();
      await page.context().close();
    }, 90_000);

    it('stays where it is when it is opened while the issuer cannot renew the sign-in', async () => {
      const page = await open();
      await signedIn(page).waitFor();
      const setRight = await answerTokensWith(page.context(), 'nothing');
      await page.evaluate(() => sessionStorage.removeItem('workflows.token-received'));

      await page.reload();
      await problem(page, 'sign-in service not reached').waitFor();
      expect(page.url()).toBe(urlOf('/usage'));
      await setRight();
      await button(page, 'Try again').click();

      await signedIn(page).waitFor();
      await page.context().close();
    }, 90_000);

    it.each(['sessionStorage', 'localStorage'])(
      'says what to do if the browser blocks %s',
      async (storage) => {
        const page = await dashboard.newWindow();
        await page.addInitScript((name) => {
          Object.defineProperty(globalThis, name, {
            get: () => {
              throw new DOMException('Access is denied for this document.', 'SecurityError');
            },
          });
        }, storage);

        await page.goto(urlOf('/usage'));

        await problem(page, 'storage is blocked').waitFor();
        await page.getByText('Allow cookies and site data').waitFor();
        await page.context().close();
      },
      90_000,
    );

    it('signs out of the tab if the issuer cannot be reached, and says what that means', async () => {
      const page = await open();
      await signedIn(page).click();
      await page.route(discovery, (route) => route.abort());
      await page.getByRole('menuitem', { name: 'Sign out' }).click();

      await page.getByText('You are signed out of this tab only').waitFor();
      expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => /user|token/.test(key)))).toEqual(
        [],
      );
      await page.context().close();
    }, 90_000);

    it('says in the window for signing in again why that fails, and tries again when asked', async () => {
      const page = await open();
      await signedIn(page).waitFor();
      await answerTokensWith(page.context(), 'invalid_grant');
      await endToken(page);
      await page.getByRole('link', { name: 'Activity' }).click();
      await page.context().route(discovery, (route) => route.abort());
      const again = button(page, 'Sign in again').first();
      const [popup] = await Promise.all([page.waitForEvent('popup'), again.click()]);
      await problem(popup, 'sign-in service not reached').waitFor();

      await page.context().unroute(discovery);
      await button(popup, 'Try again').click();

      await page.getByText('You are signed in again').first().waitFor();
      await page.context().close();
    }, 90_000);
  });
}
