import type { Page } from 'playwright-core';
import { openApps, type Apps } from './asking-app';
import { keepScreenshot, type Dashboard } from './dashboard';
import { isDark, isWiderThanWindow, seriousFindings } from './looks';
import { heading } from './on-the-page';

const withoutContrast = { rules: { 'color-contrast': { enabled: false } } };

export function connectingLooks(getDashboard: () => Dashboard): void {
  describe('the appearance of what people see who connect an app', () => {
    let dashboard: Dashboard;
    let apps: Apps;
    beforeAll(async () => {
      dashboard = getDashboard();
      apps = await openApps(dashboard.stack);
    });
    afterAll(() => apps.stop());

    it.each([
      ['connect', (url: string) => url, /wants to connect$/],
      ['connect-error', (url: string) => url.replace(/client_id=\w+/, 'client_id=nobody'), /could not be connected$/],
      ['connect-gone', (url: string) => new URL('/connect?request=gone', url).href, /nothing to approve/],
    ] as const)(
      'has no serious finding of axe on any screen: %s',
      async (name, change, title) => {
        const { page } = await dashboard.signIn('consultant@example.com');
        const redirectUri = `https://${'onelonglabel'.repeat(5)}.example.com/callback`;
        const app = await apps.register('OneLongWord'.repeat(9), redirectUri);
        await page.goto(change(app.url));
        await heading(page, title).waitFor();

        expect(await findingsOnAnyScreen(page, name)).toEqual([]);
      },
      90_000,
    );
  });
}

async function findingsOnAnyScreen(page: Page, name: string): Promise<string[]> {
  const findings: string[] = [];
  const look = async (screen: string, rules: object = {}) => {
    const found = await seriousFindings(page, rules);
    if (await isWiderThanWindow(page)) found.push('wider than the window');
    findings.push(...found.map((finding) => `${screen}: ${finding}`));
    await keepScreenshot(page, `${name}-${screen}`);
  };
  await look('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await look('dark', { runOnly: ['color-contrast'] });
  if (!(await isDark(page))) findings.push('dark: is light');
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize({ width: 320, height: 640 });
  await look('narrow', withoutContrast);
  // What 1280 x 900 is at 200 %.
  await page.setViewportSize({ width: 640, height: 450 });
  await look('zoomed', withoutContrast);
  await page.setViewportSize({ width: 1280, height: 900 });
  return findings;
}
