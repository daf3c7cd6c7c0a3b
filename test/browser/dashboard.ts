import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { openStack, type Stack } from '../e2e/stack';
import { findBrowser } from './find-browser';

/** A signed-in person's window; the same one each time they come back, on Workflows and without old messages. */
export interface Person {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly open: (path: string) => Promise<void>;
}

export interface Dashboard {
  readonly stack: Stack;
  /** Fails with what browsers complained about since the last call: script errors, refusals by policy, dialogs. */
  readonly expectNoComplaints: () => void;
  /** For a test that causes them. */
  readonly ignoreComplaints: (about: RegExp) => void;
  readonly signIn: (email: string, options?: BrowserContextOptions) => Promise<Person>;
  readonly stop: () => Promise<void>;
}

const browserPath = findBrowser();
/** Without a browser there is nothing to test with: `find-browser.test.ts` says so, once. */
export const describeInBrowser: typeof describe = browserPath === undefined ? describe.skip : describe;

/** In a zone that is never UTC, so that a time shown in the wrong one is seen; nothing moves, so that nothing is waited for. */
const reader = { timezoneId: 'Asia/Kathmandu', locale: 'en-GB', reducedMotion: 'reduce' } as const;
/** The first one may have to wait for the dashboard's build, on a machine busy with the other tests. */
export const startTimeoutMs = 300_000;
const stepTimeoutMs = 10_000;

/** A stack of its own and a browser in front of it. */
export async function openDashboard(): Promise<Dashboard> {
  const [stack, browser] = await Promise.all([openStack(), chromium.launch({ executablePath: browserPath! })]);
  await dashboardIsBuilt(stack);
  const complaints: string[] = [];
  const people = new Map<string, Person>();
  const signIn = async (email: string, options: BrowserContextOptions = {}): Promise<Person> => {
    const key = email + JSON.stringify(options);
    const known = people.get(key);
    if (known !== undefined && (await isReady(known.page, email))) return known;
    const context = await newContext(browser, options, complaints);
    const page = await context.newPage();
    await page.goto(stack.connection.dashboard_url);
    await page.getByRole('button', { name: email }).click();
    await page.getByRole('button', { name: `Signed in as ${email}` }).waitFor();
    const person = { context, page, open: (path: string) => openPath(page, path) };
    people.set(key, person);
    return person;
  };
  return {
    stack,
    expectNoComplaints: () => {
      const heard = complaints.splice(0);
      if (heard.length > 0) throw new Error(`The browser complained:\n${heard.join('\n')}`);
    },
    ignoreComplaints: (about) => {
      const others = complaints.splice(0).filter((heard) => !about.test(heard));
      complaints.push(...others);
    },
    signIn,
    stop: async () => {
      await browser.close();
      await stack.stop();
    },
  };
}

/** Makes a page as if it were just opened, which by itself costs a second of every test. False when nobody is signed in. */
async function isReady(page: Page, email: string): Promise<boolean> {
  if (!(await page.getByRole('button', { name: `Signed in as ${email}` }).isVisible())) return false;
  if ((await page.getByRole('dialog').count()) > 0) await page.goto(new URL('/', page.url()).href);
  else await openPath(page, '/workflows');
  await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
  // By script: a message on its way out moves under the pointer.
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
  complaints: string[],
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...reader, ...options });
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
