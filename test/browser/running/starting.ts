import type { Dashboard } from '../dashboard';
import { dialog, goTo, heading, queuedNumber, row, runNow, stepsOf } from '../on-the-page';

export function starting(getDashboard: () => Dashboard): void {
  describe('running workflows in the dashboard', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('runs a workflow with Run now and a confirmation, shows a message, and follows the status to succeeded', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      expect(await page.getByRole('navigation', { name: 'Menu' }).innerText()).toContain('AI Agents');
      await goTo(page, 'Workflows');

      await row(page, 'Spring Promo').getByRole('button', { name: 'Run now' }).click();
      await dialog(page).getByText('campaign.kickoff goes to 1 endpoint').waitFor();
      await dialog(page).getByText('95 of 100').waitFor();
      await dialog(page).getByRole('button', { name: 'Run now' }).click();

      await page.getByText('Workflow run #6 queued.', { exact: true }).waitFor();
      await goTo(page, 'Workflow Runs');
      const run = row(page, '#6');
      await run.getByText(/^(Queued|Running)$/).waitFor();
      await run.getByText('Succeeded').waitFor();
      expect(await run.innerText()).toMatch(/3 of 3[\s\S]*manager@growth\.example\.com[\s\S]*Dashboard/);
    }, 90_000);

    it.each([1024, 700, 640, 320])('keeps Run now in sight in a window of %i pixels', async (width) => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      await goTo(page, 'Workflows');
      await page.setViewportSize({ width, height: 900 });

      const place = await row(page, 'Spring Promo').getByRole('button', { name: 'Run now' }).boundingBox();
      await page.setViewportSize({ width: 1280, height: 900 });
      // A narrow window has closed the menu.
      await page.reload();

      expect(place!.x).toBeGreaterThan(0);
      expect(place!.x + place!.width).toBeLessThanOrEqual(width);
    });

    it('starts one run if Run now is double-clicked', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      await row(page, 'Nobody listens').getByRole('button', { name: 'Run now' }).dblclick();
      await dialog(page).getByRole('button', { name: 'Run now' }).dblclick();
      const number = await queuedNumber(page);

      await page.getByRole('link', { name: 'View run' }).first().click();
      await heading(page, `Workflow run #${number}`).waitFor();
      await page.getByText('Succeeded', { exact: true }).first().waitFor();
      await goTo(page, 'Workflow Runs');
      await row(page, `#${number}`).waitFor();
      expect(await row(page, `#${number + 1}`).count()).toBe(0);
    }, 90_000);

    it('shows the steps of a run as they happen, and links to the delivery of its webhook', async () => {
      const { page } = await dashboard.signIn('manager@growth.example.com');
      await runNow(page, 'Spring Promo');
      await page.getByRole('link', { name: 'View run' }).first().click();

      await page.getByText('Running', { exact: true }).first().waitFor();
      await stepsOf(page)
        .getByText(/^2\. delay Running/)
        .waitFor();
      await stepsOf(page)
        .getByText(/^3\. fire_webhook_event Succeeded/)
        .waitFor();
      await stepsOf(page).getByText('Delivered', { exact: true }).waitFor();
      await page.getByRole('link', { name: 'Delivery' }).click();

      await heading(page, 'campaign.kickoff').waitFor();
      await page.getByText('Answered 200').waitFor();
    }, 90_000);
  });
}
