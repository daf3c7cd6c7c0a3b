import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { openStack, type Stack } from '../e2e/stack';
import { findBrowser } from './find-browser';

/** A signed-in person's window. Pages of one context sign in without a question after the first. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly open: (path: string) => Promise<void>;
}

export interface Dashboard {
  readonly stack: Stack;
  /** Fails with what browsers complained about since the last call: script errors, refusals by policy, dialogs. */
  readonly expectNoComplaints: () => void;
  readonly signIn: (email: string, options?: BrowserContextOptions) => Promise<Person>;
  readonly stop: () => Promise<void>;
}

const browserPath = findBrowser();
/** Without a browser there is nothing to test with: `find-browser.test.ts` says so, once. */
export const describeInBrowser: typeof describe = browserPath === undefined ? describe.skip : describe;

/** A zone that is never UTC, so that a time shown in the wrong one is seen. */
const zone = { timezoneId: 'Asia/Kathmandu', locale: 'en-GB' };
/** The first one may have to wait for the dashboard's build, on a machine busy with the other tests. */
export const startTimeoutMs = 300_000;
const stepTimeoutMs = 10_000;

/** A stack of its own and a browser in front of it. */
export async function openDashboard(): Promise<Dashboard> {
  const [stack, browser] = await Promise.all([openStack(), chromium.launch({ executablePath: browserPath! })]);
  await dashboardIsBuilt(stack);
  const complaints: string[] = [];
  const people = new Map<string, Promise<BrowserContext>>();
  const signIn = async (email: string, options: BrowserContextOptions = {}): Promise<Person> => {
    const key = email + JSON.stringify(options);
    const known = people.get(key);
    const context = await (known ?? remember(people, key, newContext(browser, options, complaints)));
    const page = await context.newPage();
    await page.goto(stack.connection.dashboard_url);
    if (known === undefined) await page.getByRole('button', { name: email }).click();
    await page.getByRole('button', { name: `Signed in as ${email}` }).waitFor();
    return { context, page, open: (path) => openPath(page, path) };
  };
  return {
    stack,
    expectNoComplaints: () => {
      const heard = complaints.splice(0);
      if (heard.length > 0) throw new Error(`The browser complained:\n${heard.join('\n')}`);
    },
    signIn,
    stop: async () => {
      await browser.close();
      await stack.stop();
    },
  };
}

function remember<T>(kept: Map<string, T>, key: string, value: T): T {
  kept.set(key, value);
  return value;
}

async function newContext(
  browser: Browser,
  options: BrowserContextOptions,
  complaints: string[],
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...zone, ...options });
  context.setDefaultTimeout(stepTimeoutMs);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  context.on('weberror', (error) => complaints.push(error.error().message));
  context.on('dialog', (dialog) => {
    complaints.push(`A dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    // Refusals are what some of these tests are about.
    const isRefusal = /Failed to load resource: the server responded with a status of 4/.test(message.text());
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text());
  });
  return context;
}

/** As a link inside the page does, without loading everything anew. */
async function openPath(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** The local run shows a page that waits until the dashboard is built, or that says why it could not be. */
async function dashboardIsBuilt({ connection }: Stack): Promise<void> {
  for (;;) {
    const html = await (await fetch(connection.dashboard_url)).text();
    if (html.includes('id="root"')) return;
    if (!html.includes('is being built')) throw new Error(`The dashboard was not built:\n${html}`);
    await sleep(300);
  }
}

const screenshots = resolve(__dirname, '..', '..', 'screenshots');

/** For people to look at; git ignores the folder. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}
