import type { Page, Request } from 'playwright-core';
import type { Stack } from '../../../e2e/stack';

/** A recipe of log steps, the first of which says `message`. */
export function logSteps(count: number, message = 'Started') {
  return {
    steps: Array.from({ length: count }, (_, index) => ({
      type: 'log',
      message: index === 0 ? message : `Step ${index + 1} greets {{input.name}}`,
    })),
  };
}

/** @returns the id of a new workflow of the tenant `pro` */
export async function makeWorkflow(stack: Stack, name: string, recipe: object = logSteps(3)): Promise<number> {
  const answer = await stack.call('POST', '/api/v1/workflows', { body: { name, recipe } });
  return answer.body.id;
}

export async function storedWorkflow(stack: Stack, id: number): Promise<any> {
  return (await stack.call('GET', `/api/v1/workflows/${id}`)).body;
}

export async function showJson(page: Page): Promise<void> {
  await showJsonView(page);
  await jsonBox(page).waitFor();
}

/** Does not wait for the editor. */
export async function showJsonView(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
}

export function jsonBox(page: Page) {
  return page.getByRole('textbox', { name: /Recipe as JSON|Editor content/ });
}

/** Puts the cursor behind the last letter of the first step's message. */
export async function goToFirstMessage(page: Page): Promise<void> {
  await jsonBox(page).focus();
  for (const key of ['ControlOrMeta+Home', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'End', 'ArrowLeft'])
    await page.keyboard.press(key);
}

export async function jsonText(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector<any>('.ace_editor').env.editor.getValue());
}

/** The workflow that the next Save sends. */
export function nextSave(page: Page): Promise<any> {
  const isSave = (request: Request) => request.method() === 'PUT' && /\/workflows\/\d+$/.test(request.url());
  return page.waitForRequest(isSave).then((request) => request.postDataJSON());
}
