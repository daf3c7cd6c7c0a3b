import type { Locator, Page } from 'playwright-core';

/** The row of a table that holds this text. */
export function row(page: Page, text: string | RegExp): Locator {
  return page.getByRole('row').filter({ hasText: text });
}

export function dialog(page: Page): Locator {
  return page.getByRole('dialog');
}

/** By the left menu, as a person goes. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name, exact: true }).click();
  await heading(page, name).waitFor();
}

export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole('heading', { level: 1, name });
}

/** Starts a workflow from its row, as the page describes it, and answers with the run's number. */
export async function runNow(page: Page, workflow: string): Promise<number> {
  await row(page, workflow).getByRole('button', { name: 'Run now' }).click();
  await dialog(page).getByRole('button', { name: 'Run now' }).click();
  return queuedNumber(page);
}

/** N of the newest "Workflow run #N queued." */
export async function queuedNumber(page: Page): Promise<number> {
  const toast = page.getByText(/^Workflow run #\d+ queued\.$/).first();
  await toast.waitFor();
  return Number(/#(\d+)/.exec(await toast.innerText())![1]);
}

/** Presses a button twice before the page has drawn anything in between, as a double click on a busy machine does. */
export async function pressTwice(button: Locator): Promise<void> {
  await button.evaluate((element: HTMLElement) => {
    element.click();
    element.click();
  });
}
