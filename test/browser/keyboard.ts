import type { Page } from 'playwright-core';

/** Presses Tab until the focus is on something with this name. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await focusIsOn(page, name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(name)}`);
}

export async function focusIsOn(page: Page, name: string | RegExp): Promise<boolean> {
  const text = await page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? (element as HTMLElement | null)?.innerText ?? '';
  });
  return typeof name === 'string' ? text.trim() === name : name.test(text);
}
