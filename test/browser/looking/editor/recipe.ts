import type { Locator, Page } from 'playwright-core';
import type { Dashboard } from '../../dashboard';
import { heading } from '../../on-the-page';
import { makeWorkflow, storedWorkflow } from '../../daily/acting/recipe-page';

/** The recipe of the page that explains the product: what a person should be able to write in a minute. */
export const pageRecipe = {
  steps: [
    { type: 'log', message: 'Kicking off {{input.campaign}}' },
    { type: 'fire_webhook_event', event: 'campaign.kickoff', payload: { campaign: '{{input.campaign}}' } },
    { type: 'delay', seconds: 2 },
    { type: 'log', message: 'Done' },
  ],
};

export const payloadText = '{ "campaign": "{{input.campaign}}" }';

/** A recipe of log steps that say these texts. */
export function saying(...messages: string[]) {
  return { steps: messages.map((message) => ({ type: 'log', message })) };
}

/** Opens a new workflow in the editor. */
export async function edit(dashboard: Dashboard, name: string, recipe: object, options = {}) {
  const id = await makeWorkflow(dashboard.stack, name, recipe);
  const person = await dashboard.signIn('manager@pro.example.com', options);
  await person.open(`/workflows/${id}/edit`);
  await heading(person.page, `Edit ${name}`).waitFor();
  return { ...person, id };
}

export function messages(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message' });
}

export async function messageTexts(page: Page): Promise<string[]> {
  return messages(page).evaluateAll((fields) => fields.map((field) => (field as HTMLTextAreaElement).value));
}

export function source(page: Page, name: string): Locator {
  return page.getByRole('group', { name: 'Add a step' }).getByRole('button', { name });
}

export function handle(page: Page, step: number): Locator {
  return page.getByRole('button', { name: new RegExp(`^Move step ${step},`) });
}

export function tool(page: Page, name: string): Locator {
  return page.getByRole('toolbar', { name: 'Selected steps' }).getByRole('button', { name });
}

/** Saves, and waits until it is done. @returns the recipe that is stored */
export async function savedRecipe(dashboard: Dashboard, page: Page): Promise<unknown> {
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/\/workflows\/\d+$/);
  const [, id] = /(\d+)$/.exec(page.url())!;
  return (await storedWorkflow(dashboard.stack, Number(id))).recipe;
}
