import type { Page } from 'playwright-core';
import type { Dashboard, Person } from '../../dashboard';
import { focusIsOn } from '../../keyboard';
import { button, dialog, heading, row } from '../../on-the-page';
import { anEndpoint, choose, manager, refuse, standBack } from './interrupt';

const starts = /\/workflows\/\d+\/runs$/;

export function acts(getDashboard: () => Dashboard): void {
  describe('acts that happen when they are asked for, or not at all', () => {
    let dashboard: Dashboard;
    let person: Person;
    beforeAll(() => {
      dashboard = getDashboard();
    });
    beforeEach(async () => {
      person = await dashboard.signIn(manager);
    });
    afterEach(() => standBack(person, dashboard));

    it('sends nothing while there is no connection, says so, and starts nothing when it is back', async () => {
      const { page, context } = person;
      const newest = async () => (await dashboard.stack.call('GET', '/api/v1/workflow-runs')).body.data[0]?.id;
      const before = await newest();
      await row(page, 'Spring Promo').getByRole('button', { name: 'Run now' }).click();
      await dialog(page).getByText('Runs left today').waitFor();
      await dialog(page).getByRole('button', { name: 'Input' }).click();
      await dialog(page).getByLabel('JSON object').fill('{"a":1}');
      await context.setOffline(true);
      await button(page, 'Run now').last().click();

      await dialog(page).getByText('You are offline').waitFor();
      await dialog(page).getByText('Nothing was sent.').waitFor();
      expect(await dialog(page).getByLabel('JSON object').inputValue()).toBe('{"a":1}');
      await button(page, 'Cancel').click();
      await dialog(page).waitFor({ state: 'detached' });
      const sent: string[] = [];
      page.on('request', (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
      const readAgain = page.waitForResponse(/\/api\/v1\/workflows\?/);
      await context.setOffline(false);
      await readAgain;
      await row(page, 'Spring Promo').waitFor();

      expect(sent.filter((line) => line.startsWith('POST'))).toEqual([]);
      expect(await newest()).toBe(before);
      expect(await page.getByText(/whether it was done/).count()).toBe(0);
    }, 60_000);

    it('says once that the browser is offline, and reads by itself what could not be read', async () => {
      const { page, context, open } = person;
      const runs = (await dashboard.stack.call('GET', '/api/v1/workflow-runs')).body.data;
      await open(`/workflow-runs/${runs[0].id}`);
      await heading(page, `#${runs[0].id}`).waitFor();
      await context.setOffline(true);
      const banner = page.getByText(/^The data on this page may be old/);
      await banner.waitFor();
      await open(`/workflow-runs/${runs[1].id}`);

      await page.getByText('This is read again as soon as there is a connection.').first().waitFor();
      expect(await banner.count()).toBe(1);
      expect(await page.getByText('Not up to date').count()).toBe(0);
      await context.setOffline(false);
      await heading(page, `#${runs[1].id}`).waitFor();
      await banner.waitFor({ state: 'detached' });
    }, 60_000);

    it('says that a page whose code is not there yet needs a connection, and opens it when there is one', async () => {
      const { page, context, open } = person;
      await context.setOffline(true);
      await open('/activity');

      await page.getByText('This page is not loaded yet').waitFor();
      expect(await page.getByText(/dynamically imported/).count()).toBe(0);
      await context.setOffline(false);
      await heading(page, 'Activity').waitFor();
      dashboard.ignorePageErrors(/dynamically imported|ERR_INTERNET_DISCONNECTED/);
    }, 60_000);

    it('stops waiting for an answer after 35 seconds, and a repeat from the same dialog starts one run', async () => {
      const { page } = person;
      const keys: (string | undefined)[] = [];
      const answers: Promise<unknown>[] = [];
      await page.route(starts, async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        if (keys.length === 1) answers.push(route.fetch());
        else await route.continue();
      });
      await row(page, 'Nobody listens').getByRole('button', { name: 'Run now' }).click();
      await page.clock.install();
      const asked = page.waitForRequest(starts);
      await button(page, 'Run now').last().click();
      await asked;
      await page.clock.fastForward(35_000);

      await dialog(page).getByText('No answer came').waitFor();
      await dialog(page).getByText('It may have been done').waitFor();
      await Promise.all(answers);
      await button(page, 'Run now').last().click();
      await page
        .getByText(/^Workflow run #\d+ queued\.$/)
        .first()
        .waitFor();
      expect(keys).toHaveLength(2);
      expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
      expect(keys[1]).toBe(keys[0]);
    }, 60_000);

    it.each([
      ['Cancel', (page: Page) => button(page, 'Cancel').click()],
      ['Esc', (page: Page) => page.keyboard.press('Escape')],
      [
        'the close button',
        (page: Page) =>
          dialog(page)
            .getByRole('button', { name: /^Close/ })
            .click(),
      ],
    ])(
      'lets go of a dialog whose act is under way by %s, and says that it may have been done',
      async (_name, close) => {
        const { page } = person;
        await page.route(starts, () => {});
        await row(page, 'Nobody listens').getByRole('button', { name: 'Run now' }).click();
        const asked = page.waitForRequest(starts);
        await button(page, 'Run now').last().click();
        await asked;
        const readAgain = page.waitForRequest(/\/api\/v1\/workflows\?/);
        await close(page);

        await dialog(page).waitFor({ state: 'detached' });
        await page.getByText('It is not known whether it was done').first().waitFor();
        await readAgain;
      },
      60_000,
    );

    it('says that a list is not up to date if reading it again brings no answer', async () => {
      const { page } = person;
      await row(page, 'Spring Promo').waitFor();
      await page.route(/\/api\/v1\/workflows\?/, () => {});
      await page.clock.install();
      const asked = page.waitForRequest(/\/api\/v1\/workflows\?/);
      await button(page, 'Refresh workflows').click();
      await asked;
      await page.clock.fastForward(35_000);

      await page.getByText('Not up to date').first().waitFor();
      await page
        .getByText(/No answer came within 35 seconds/)
        .first()
        .waitFor();
    }, 60_000);

    it('announces a refusal, and leaves the focus on the button that tries again', async () => {
      const { page } = person;
      await page.route(starts, (route) => refuse(route, 'Too busy to start this.'));
      await row(page, 'Nobody listens').getByRole('button', { name: 'Run now' }).click();
      await button(page, 'Run now').last().press('Enter');

      await page.locator('[aria-live=assertive]').filter({ hasText: 'Too busy to start this.' }).waitFor({
        state: 'attached',
      });
      expect(await focusIsOn(page, 'Run now')).toBe(true);
    }, 60_000);

    it('deletes an endpoint whose first deletion got no answer, and says that it is deleted', async () => {
      const { page, open } = person;
      const { id } = await anEndpoint(dashboard, 'acts.deleted');
      await open(`/webhook-endpoints/${id}`);
      await page.route(`**/api/v1/webhook-endpoints/${id}`, async (route) => {
        if (route.request().method() !== 'DELETE') return route.continue();
        await route.fetch();
        await route.abort();
      });
      await choose(page, 'Delete');
      await button(page, 'Delete').click();
      await dialog(page).getByText('It may have been done').waitFor();
      await page.unrouteAll();
      await button(page, 'Delete').click();

      await page.getByText('The endpoint was deleted.').waitFor();
      await heading(page, 'Webhook Endpoints').waitFor();
    }, 60_000);

    it('sends one test event if the answer is lost and the button is pressed again, and another one after that', async () => {
      const { page, open } = person;
      const { id } = await anEndpoint(dashboard, 'acts.tested');
      await open(`/webhook-endpoints/${id}`);
      const keys: (string | undefined)[] = [];
      await page.route('**/test', async (route) => {
        keys.push(route.request().headers()['idempotency-key']);
        if (keys.length > 1) return route.continue();
        await route.fetch();
        await route.abort();
      });
      await button(page, 'Send test event').click();
      await page.getByText('It may have been done').first().waitFor();
      await button(page, 'Send test event').click();
      await page.getByText(/^The test event was (not )?delivered$/).waitFor();
      const third = page.waitForRequest('**/test');
      await button(page, 'Send test event').click();
      await third;

      expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
      expect(keys[1]).toBe(keys[0]);
      expect(keys[2]).not.toBe(keys[0]);
    }, 60_000);

    it('shows no buttons of an endpoint that was deleted meanwhile', async () => {
      const { page, open } = person;
      const { id } = await anEndpoint(dashboard, 'acts.gone');
      await open(`/webhook-endpoints/${id}`);
      await button(page, 'Send test event').waitFor();
      await dashboard.stack.call('DELETE', `/api/v1/webhook-endpoints/${id}`);
      await button(page, 'Actions').click();
      await page
        .getByRole('menuitem', { name: 'Enable' })
        .or(page.getByRole('menuitem', { name: 'Disable' }))
        .click();
      await dialog(page).getByRole('button', { name: /able$/ }).click();

      await heading(page, 'Not found').waitFor();
      expect(await button(page, 'Send test event').count()).toBe(0);
    }, 60_000);
  });
}
