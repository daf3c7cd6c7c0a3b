import type { Page } from 'playwright-core';
import type { Dashboard, Person } from '../dashboard';
import { focusIsOn, tabTo } from '../keyboard';
import { heading } from '../on-the-page';

/** The last runs of the workflow of a run, as bars. */
export function recentBars(getDashboard: () => Dashboard): void {
  describe('the last runs of the same workflow', () => {
    let dashboard: Dashboard;
    let person: Person;
    let page: Page;
    let workflow: number;
    const ids: number[] = [];
    const call = async (method: string, path: string, body?: object) =>
      (await dashboard.stack.call(method, `/api/v1/${path}`, { ...(body && { body }) })).body;
    const open = async (id: number) => {
      await person.open(`/workflow-runs/${id}`);
      await heading(page, `Workflow run #${id}`).waitFor();
    };
    const bars = () => page.getByRole('group', { name: /^Durations of the last runs/ });
    const bar = (name: RegExp) => bars().getByRole('link', { name });

    beforeAll(async () => {
      dashboard = getDashboard();
      person = await dashboard.signIn('manager@pro.example.com');
      ({ page } = person);
      const recipe = {
        steps: [
          { type: 'log', message: 'Again' },
          { type: 'delay', seconds: 30 },
        ],
      };
      workflow = (await call('POST', 'workflows', { name: 'Often run', recipe })).id;
      for (let count = 0; count < 3; count += 1) {
        const { id } = await call('POST', `workflows/${workflow}/runs`);
        if (count < 2) await call('POST', `workflow-runs/${id}/cancel`);
        ids.push(id);
      }
    }, 60_000);

    it('are read once, and once more when the run has ended', async () => {
      const read: string[] = [];
      page.on('request', (request) => {
        if (request.url().includes(`workflow-runs?workflow_id=${workflow}&`)) read.push(request.url());
      });
      await open(ids[2]!);
      await bar(/: Running for .*, this run$/).waitFor();
      expect(await bars().getByRole('link').count()).toBe(3);
      expect(await bar(/, this run$/).getAttribute('aria-current')).toBe('page');
      await page
        .getByText('In progress')
        .or(page.getByText('Running', { exact: true }))
        .first()
        .waitFor();
      expect(read).toHaveLength(1);
      await call('POST', `workflow-runs/${ids[2]}/cancel`);

      await bar(/: Cancelled in .*, this run$/).waitFor();
      expect(read).toHaveLength(2);
    }, 40_000);

    it('say what they are to the pointer and to the keys, and lead to their run', async () => {
      await open(ids[2]!);
      await bar(new RegExp(`^Run #${ids[0]}: Cancelled`)).hover();
      await bars()
        .getByText(new RegExp(`^Run #${ids[0]}: Cancelled`))
        .waitFor();
      await tabTo(page, /, this run$/);
      await page.keyboard.press('ArrowLeft');
      expect(await focusIsOn(page, new RegExp(`^Run #${ids[1]}: Cancelled`))).toBe(true);
      await page.keyboard.press('Enter');

      await heading(page, `Workflow run #${ids[1]}`).waitFor();
      await bar(new RegExp(`^Run #${ids[1]}: .*, this run$`)).waitFor();
    }, 40_000);
  });
}
