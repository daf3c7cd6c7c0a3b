import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { openStack, type Stack } from '../e2e/stack';
import { findBrowser } from './find-browser';

/**
 * The window of a signed-in person. Each sign-in of the same person reuses it, on the page Workflows and without old
 * messages.
 */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly open: (path: string) => Promise<void>;
}

export interface Dashboard {
  readonly stack: Stack;
  /**
   * Fails if there were script errors, violations of the content security policy or native dialogs since the last call.
   */
  readonly expectNoPageErrors: () => void;
  /** Ignores the errors so far that match, for a test that causes them on purpose. */
  readonly ignorePageErrors: (about: RegExp) => void;
  readonly signIn: (email: string, options?: BrowserContextOptions) => Promise<Person>;
  /** An empty window in which nobody has signed in. */
  readonly newWindow: (options?: BrowserContextOptions) => Promise<Page>;
  readonly stop: () => Promise<void>;
}

const browserPath = findBrowser();
/** Skips the suites if there is no browser; `find-browser.test.ts` reports that once. */
export const describeInBrowser: typeof describe = browserPath === undefined ? describe.skip : describe;

/**
 * In a zone that is never UTC, so that a time shown in the wrong one is seen; nothing moves, so that nothing is waited
 * for.
 */
const contextDefaults = { timezoneId: 'Asia/Kathmandu', locale: 'en-GB', reducedMotion: 'reduce' } as const;
/** The first suite may have to wait for the dashboard's build, on a machine that is busy with other tests. */
export const startTimeoutMs = 300_000;
const stepTimeoutMs = 30_000;

/** Starts a stack and a browser for one suite. */
export async function openDashboard(): Promise<Dashboard> {
  const [stack, browser] = await Promise.all([openStack(), chromium.launch({ executablePath: browserPath! })]);
  await dashboardIsBuilt(stack);
  const pageErrors: string[] = [];
  const people = new Map<string, Person>();
  const signIn = async (email: string, options: BrowserContextOptions = {}): Promise<Person> => {
    const key = email + JSON.stringify(options);
    const existing = people.get(key);
    if (existing !== undefined && (await isReady(existing.page, email, stack.connection.dashboard_url)))
      return existing;
    const context = await newContext(browser, options, pageErrors);
    const page = await context.newPage();
    await page.goto(stack.connection.dashboard_url);
    await page.getByRole('button', { name: email }).click();
    // From the first page on to the one that the suites begin with.
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    await openPath(page, '/workflows');
    await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
    const person = { context, page, open: (path: string) => openPath(page, path) };
    people.set(key, person);
    return person;
  };
  return {
    stack,
    expectNoPageErrors: () => {
      const message = pageErrors.splice(0);
      if (message.length > 0) throw new Error(`The browser reported errors:\n${message.join('\n')}`);
    },
    ignorePageErrors: (about) => {
      const others = pageErrors.splice(0).filter((message) => !about.test(message));
      pageErrors.push(...others);
    },
    signIn,
    newWindow: async (options = {}) => (await newContext(browser, options, pageErrors)).newPage(),
    stop: async () => {
      await browser.close();
      await stack.stop();
    },
  };
}

/**
 * Resets a page, wherever the last test left it, instead of opening a new one, which would cost seconds per test.
 *
 * @returns false if the person is signed out
 */
async function isReady(page: Page, email: string, dashboardUrl: string): Promise<boolean> {
  const signedIn = page.getByRole('button', { name: `Signed in as ${email}` });
  if (!(await signedIn.isVisible())) {
    await page.goto(dashboardUrl);
    // Either this button or that of the issuer's page, which begins with the e-mail.
    await page.getByRole('button', { name: email }).first().waitFor();
    if (!(await signedIn.isVisible())) return false;
  }
  if ((await page.getByRole('dialog').count()) > 0) await page.goto(new URL('/workflows', page.url()).href);
  else await openPath(page, '/workflows');
  await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
  // Clicks by script, because a message that is fading out moves away under the pointer.
  const dismiss = page.getByRole('button', { name: 'Dismiss' });
  while (await dismiss.first().isVisible()) {
    await dismiss.evaluateAll((buttons) => {
      for (const button of buttons) (button as HTMLElement).click();
    });
    await sleep(50);
  }
  return true;
}

async function newContext(
  browser: Browser,
  options: BrowserContextOptions,
  pageErrors: string[],
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextDefaults, ...options });
  context.setDefaultTimeout(stepTimeoutMs);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  context.on('weberror', (error) => pageErrors.push(error.error().message));
  context.on('dialog', (dialog) => {
    // A test that leaves a page on which something would be lost means to leave it.
    if (dialog.type() === 'beforeunload') return void dialog.accept();
    pageErrors.push(`A dialog opened: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    // Some of these tests cause refusals on purpose.
    const isRefusal = /Failed to load resource: the server responded with a status of 4/.test(message.text());
    if (message.type() === 'error' && !isRefusal) pageErrors.push(message.text());
  });
  return context;
}

/** Navigates like a link inside the page, without a reload. */
async function openPath(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}

/** Waits until the dashboard is built. Until then the local run serves a page that says so, or why the build failed. */
async function dashboardIsBuilt({ connection }: Stack): Promise<void> {
  for (;;) {
    const html = await (await fetch(connection.dashboard_url)).text();
    if (html.includes('id="root"')) return;
    if (!html.includes('is being built')) throw new Error(`The dashboard was not built:\n${html}`);
    await sleep(300);
  }
}

const screenshots = resolve(__dirname, '..', '..', 'screenshots');

/** Saves a screenshot for people. Git ignores the folder. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}
