import { readFileSync } from 'node:fs';
import { errors, type Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export async function seriousFindings(page: Page, rules: object = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const violations: any[] = await page.evaluate(async (options) => {
    const { axe: engine } = globalThis as any;
    return (await engine.run(document, { resultTypes: ['violations'], ...options })).violations;
  }, rules);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id} at ${nodes.map(({ target }: any) => target.join(' ')).join(', ')}`);
}

/** Waits until the page fits: after a window changed its size, components lay themselves out again a few frames later. */
export async function isWiderThanWindow(page: Page): Promise<boolean> {
  try {
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth, null, { timeout: 5_000 });
    return false;
  } catch (error) {
    if (error instanceof errors.TimeoutError) return true;
    throw error;
  }
}

/** Judges by the heading: its text is light if the background is dark. */
export async function isDark(page: Page): Promise<boolean> {
  const color = await page.evaluate(() => getComputedStyle(document.querySelector('h1')!).color);
  const [red = 0] = /\d+/.exec(color)?.map(Number) ?? [];
  return red > 128;
}
