import type { Dashboard } from '../../dashboard';
import { dialog } from '../../on-the-page';
import { makeWorkflow } from '../../daily/acting/recipe-page';
import { saying } from './recipe';

export function comparing(getDashboard: () => Dashboard): void {
  describe('the versions of a workflow', () => {
    let dashboard: Dashboard;
    beforeAll(() => {
      dashboard = getDashboard();
    });

    it('are compared in words, any two of them, declared inputs included, and one is restored', async () => {
      const { stack } = dashboard;
      const name = 'Three versions';
      const id = await makeWorkflow(stack, name, saying('a', 'b'));
      const save = (recipe: object) => stack.call('PUT', `/api/v1/workflows/${id}`, { body: { name, recipe } });
      const inputs = (value: string) => ({ inputs: { campaign: { type: 'string', default: value } } });
      await save({ ...inputs('x'), ...saying('a', 'B') });
      await save({ ...inputs('y'), ...saying('a', 'B', 'c') });
      const { page, open } = await dashboard.signIn('manager@pro.example.com');
      await open(`/workflows/${id}`);
      await page.getByRole('tab', { name: 'Versions' }).click();
      const words = page.getByRole('list', { name: 'Changes in words' });
      await words.getByText('Input campaign, default').waitFor();
      await words.getByText('Step 3 (log)').waitFor();

      await page.getByRole('button', { name: 'Compare from' }).click();
      await page.getByRole('option', { name: 'Version 1' }).click();
      await page.getByRole('button', { name: 'Compare with' }).click();
      await page.getByRole('option', { name: 'Version 2' }).click();
      await words.getByText('Step 2 (log), message').waitFor();
      expect(await words.innerText()).toMatch(
        /added\s+Input campaign[\s\S]*changed\s+Step 2 \(log\), message\s+b\s+B$/,
      );
      await page.getByRole('button', { name: 'Restore version 1' }).click();
      await dialog(page).getByRole('button', { name: 'Restore' }).click();

      await page.getByText(`Version 4 of ${name} has the recipe of version 1.`).waitFor();
    }, 90_000);
  });
}
