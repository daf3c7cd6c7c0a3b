import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Request } from 'playwright-core';

const answerTimeoutMs = 10_000;

export interface ApiRequests {
  /** The paths asked for since the last call. */
  readonly take: () => string[];
  /** Lets time pass for the page, in steps that each end when every answer has arrived. */
  readonly pass: (ms: number, stepMs?: number) => Promise<void>;
  /** Waits until every answer has arrived. */
  readonly quiet: () => Promise<void>;
}

/** Counts the requests of a page to the API, on a page whose clock is installed. */
export function watchApi(page: Page): ApiRequests {
  let sent: string[] = [];
  const open = new Set<Request>();
  const isApi = (request: Request) => new URL(request.url()).pathname.startsWith('/api/');
  page.on('request', (request) => {
    if (!isApi(request)) return;
    open.add(request);
    const { pathname, search } = new URL(request.url());
    sent.push(pathname.replace('/api/v1/', '') + search);
  });
  page.on('requestfinished', (request) => void open.delete(request));
  page.on('requestfailed', (request) => void open.delete(request));
  const quiet = async () => {
    const latest = Date.now() + answerTimeoutMs;
    do {
      // The page handles an answer a moment after it has arrived.
      await page.evaluate(() => Promise.resolve());
      while (open.size > 0 && Date.now() < latest) await sleep(5);
      await page.evaluate(() => Promise.resolve());
    } while (open.size > 0 && Date.now() < latest);
    if (open.size > 0) throw new Error(`No answer came from ${[...open].map((request) => request.url()).join(', ')}`);
  };
  return {
    quiet,
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    pass: async (ms, stepMs = 5_000) => {
      for (let passed = 0; passed < ms; passed += stepMs) {
        await page.clock.runFor(stepMs);
        await quiet();
      }
    },
  };
}

/** Hides the tab of a page, or shows it again, as far as the page can tell. */
export async function setVisible(page: Page, isVisible: boolean): Promise<void> {
  await page.evaluate((visible) => {
    Object.defineProperty(document, 'visibilityState', { value: visible ? 'visible' : 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  }, isVisible);
}
