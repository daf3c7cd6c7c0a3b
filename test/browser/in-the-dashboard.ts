import { describeInBrowser, openDashboard, startTimeoutMs, type Dashboard } from './dashboard';

/**
 * Suites before one stack and one browser, which take seconds to start. What the first leaves behind the next one
 * finds.
 */
export function describeInTheDashboard(name: string, ...suites: ((getDashboard: () => Dashboard) => void)[]): void {
  // A browser on a busy machine can be late for what a test waits for. What fails twice is a fault.
  jest.retryTimes(1, { logErrorsBeforeRetry: true });
  describeInBrowser(name, () => {
    let dashboard: Dashboard;
    beforeAll(async () => (dashboard = await openDashboard()), startTimeoutMs);
    afterAll(() => dashboard.stop());
    afterEach(() => dashboard.expectNoPageErrors());

    for (const suite of suites) suite(() => dashboard);
  });
}
