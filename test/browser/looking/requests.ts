import { requestsPerMinute } from '../../../dashboard/src/api/pace';
import { watchApi } from '../daily/reading/api-requests';
import type { Dashboard } from '../dashboard';
import { heading } from '../on-the-page';

const minuteMs = 60_000;

/** How often the page of a run asks the API, with what the picture needs. */
export function requests(getDashboard: () => Dashboard): void {
  describe('the page of a run', () => {
    it('sends no more requests than its budget while the run goes on, and while only its deliveries do', async () => {
      const { stack, signIn } = getDashboard();
      const call = async (method: string, path: string, body?: object) =>
        (await stack.call(method, `/api/v1/${path}`, { ...(body && { body }) })).body;
      const url = `${stack.connection.inbox_endpoint_url}?respond=500`;
      await call('POST', 'webhook-endpoints', { url, events: ['looking.counted'] });
      const fire = { type: 'fire_webhook_event', event: 'looking.counted', payload: {} };
      const waits = Array.from({ length: 10 }, () => ({ type: 'delay', seconds: 30 }));
      const recipe = { steps: [fire, ...waits] };
      const { id: workflow } = await call('POST', 'workflows', { name: 'To count', recipe });
      const { id } = await call('POST', `workflows/${workflow}/runs`);
      // In a window of its own, because its clock is the test's.
      const { page, open } = await signIn('manager@pro.example.com', { locale: 'en-US' });
      await page.clock.install();
      await page.reload();
      await heading(page, 'Workflows').waitFor();
      const api = watchApi(page);
      await open(`/workflow-runs/${id}`);
      await page.getByRole('link', { name: /^Attempt 1 to/ }).waitFor();
      api.take();
      await api.pass(minuteMs, 1_000);
      const going = api.take();
      await call('POST', `workflow-runs/${id}/cancel`);
      await api.pass(20_000, 1_000);
      await page.getByText('Cancelled', { exact: true }).first().waitFor();
      api.take();
      await api.pass(minuteMs, 1_000);
      const delivering = api.take();

      for (const sent of [going, delivering]) {
        expect(sent.length).toBeLessThanOrEqual(requestsPerMinute.busy);
        expect(sent.filter((path) => path.includes('attempts=true')).length).toBeGreaterThan(1);
        expect(sent.filter((path) => path.startsWith('workflow-runs?'))).toEqual([]);
      }
    }, 60_000);
  });
}
