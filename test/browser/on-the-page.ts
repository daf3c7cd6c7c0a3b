import type { Locator, Page } from 'playwright-core';

/** The table rows that contain this text. */
export function row(page: Page, text: string | RegExp): Locator {
  return page.getByRole('row').filter({ hasText: text });
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog');
}

/** The list of steps on the page of a run. The timeline above it names them too. */
export function stepsOf(page: Page): Locator {
  return page.getByRole('list', { name: 'Steps of the run' });
}

/** Opens a page through the menu on the left. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name, exact: true }).click();
  await heading(page, name).waitFor();
}

export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

export function button(place: Page | Locator, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}

/** Lets the moment pass in which the page does not take Approve for an answer. */
export async function lookForAMoment(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1, name: /wants to connect$/ }).waitFor();
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 1_000;
  });
}

export async function approve(page: Page): Promise<void> {
  await lookForAMoment(page);
  await button(page, 'Approve').click();
}

/** Waits until screen readers are told this, whatever has the focus. */
export async function announced(page: Page, text: string): Promise<void> {
  await page.locator('[aria-live]').filter({ hasText: text }).first().waitFor({ state: 'attached' });
}

/** Runs a workflow from its row in the list. @returns the run's number */
export async function runNow(page: Page, workflow: string): Promise<number> {
  await row(page, workflow).getByRole('button', { name: 'Run now' }).click();
  await dialog(page).getByRole('button', { name: 'Run now' }).click();
  return queuedNumber(page);
}

/** The N of the newest message "Workflow run #N queued." */
export async function queuedNumber(page: Page): Promise<number> {
  const toast = page.getByText(/^Workflow run #\d+ queued\.$/).first();
  await toast.waitFor();
  return Number(/#(\d+)/.exec(await toast.innerText())![1]);
}

/** Presses a button twice before the page is drawn again, as a double click on a slow machine does. */
export async function pressTwice(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
}
