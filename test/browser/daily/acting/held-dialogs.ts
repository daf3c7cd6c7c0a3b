import type { Page } from 'playwright-core';
import type { Dashboard, Person } from '../../dashboard';
import { button, dialog, goTo, row } from '../../on-the-page';
import { anEndpoint, asksBeforeUnload, choose, manager, standBack } from './interrupt';

export function heldDialogs(getDashboard: () => Dashboard): void {
  describe('dialogs that hold what is not shown or typed again', () => {
    let dashboard: Dashboard;
    let person: Person;
    beforeAll(() => {
      dashboard = getDashboard();
    });
    beforeEach(async () => {
      person = await dashboard.signIn(manager);
    });
    afterEach(() => standBack(person, dashboard));

    it.each([
      ['a signing secret', /^whsec_/, showSecret],
      ['a token', /^cwf_pat_/, showToken],
    ])(
      'keeps %s on screen until the person says that it is stored',
      async (_name, text, show) => {
        const { page } = person;
        await show(dashboard, page);
        const secret = dialog(page).getByText(text).first();
        const value = await secret.innerText();
        const isKept = async () => {
          await dialog(page).getByText('It is not shown again.', { exact: true }).waitFor();
          expect(await secret.isVisible()).toBe(true);
          await button(page, 'Keep it open').click();
          await dialog(page).getByText('It is not shown again.', { exact: true }).waitFor({ state: 'detached' });
        };
        await page.keyboard.press('Escape');
        await isKept();
        await dialog(page)
          .getByRole('button', { name: /^Close/ })
          .click();
        await isKept();
        await page.goBack();
        await isKept();

        expect(await asksBeforeUnload(page)).toBe(true);
        const stored = await page.evaluate(
          () => [localStorage, sessionStorage].flatMap((storage) => Object.values(storage)).join() + location.href,
        );
        expect(stored).not.toContain(value);
        await button(page, 'I have stored it').click();
        await dialog(page).waitFor({ state: 'detached' });
        expect(await asksBeforeUnload(page)).toBe(false);
      },
      60_000,
    );

    it('closes a dialog with a secret by its close button after a confirmation', async () => {
      const { page } = person;
      await showToken(dashboard, page);
      await dialog(page)
        .getByRole('button', { name: /^Close/ })
        .click();
      await button(page, 'Close without storing it').click();

      await dialog(page).waitFor({ state: 'detached' });
    }, 60_000);

    it('asks before Esc throws away what was typed, and only then', async () => {
      const { page } = person;
      await goTo(page, 'Access tokens');
      await button(page, 'Create token').click();
      await page.keyboard.press('Escape');
      await dialog(page).waitFor({ state: 'detached' });
      await button(page, 'Create token').click();
      await dialog(page).getByLabel('Name').fill('Typed');
      await page.keyboard.press('Escape');
      await dialog(page).getByText('Throw away what you typed?').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).getByText('Throw away what you typed?').waitFor({ state: 'detached' });
      expect(await dialog(page).getByLabel('Name').inputValue()).toBe('Typed');
      await page.keyboard.press('Escape');
      await button(page, 'Throw away').click();

      await dialog(page).waitFor({ state: 'detached' });
    }, 60_000);

    it('closes only the list of a field when Esc is pressed in it', async () => {
      const { page } = person;
      await goTo(page, 'Access tokens');
      await button(page, 'Create token').click();
      await dialog(page)
        .getByRole('button', { name: /^Expires after/ })
        .click();
      await page.getByRole('option', { name: '30 days' }).waitFor();
      await page.keyboard.press('Escape');

      await page.getByRole('option', { name: '30 days' }).waitFor({ state: 'detached' });
      expect(await dialog(page).getByLabel('Name').isVisible()).toBe(true);
      await button(page, 'Cancel').click();
      await goTo(page, 'Webhook Endpoints');
      await button(page, 'Register endpoint').click();
      await dialog(page)
        .getByRole('combobox', { name: /Events|Add an event/ })
        .click();
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('option').first().waitFor({ state: 'detached' });
      expect(await dialog(page).getByLabel('URL').isVisible()).toBe(true);
    }, 60_000);
  });
}

async function showSecret(dashboard: Dashboard, page: Page): Promise<void> {
  const { id } = await anEndpoint(dashboard, 'held.secret');
  await goTo(page, 'Usage');
  await goTo(page, 'Webhook Endpoints');
  await row(page, 'held.secret').getByRole('link').click();
  await page.waitForURL(`**/webhook-endpoints/${id}`);
  await choose(page, 'Rotate secret');
  await button(page, 'Rotate').click();
  await dialog(page)
    .getByText(/^whsec_/)
    .waitFor();
}

async function showToken(_dashboard: Dashboard, page: Page): Promise<void> {
  await goTo(page, 'Usage');
  await goTo(page, 'Access tokens');
  await button(page, 'Create token').click();
  await dialog(page).getByLabel('Name').fill('Held');
  await dialog(page).getByRole('button', { name: 'Create token' }).click();
  await dialog(page)
    .getByText(/^cwf_pat_/)
    .first()
    .waitFor();
}
