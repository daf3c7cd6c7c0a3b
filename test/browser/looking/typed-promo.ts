import type { Page } from 'playwright-core';
import type { Stack } from '../../e2e/stack';
import { dialog, heading } from '../on-the-page';

export const manager = 'manager@pro.example.com';

const inputs = {
  campaign: { type: 'string', required: true, min: 2, max: 20, description: 'Name of the campaign', example: 'Spring' },
  size: { type: 'string', enum: ['S', 'M', 'L'], default: 'M' },
  n: { type: 'integer', min: 1, max: 9, default: 3 },
  rate: { type: 'number' },
  loud: { type: 'boolean' },
  note: { type: 'string' },
  tags: { type: 'array', max: 2 },
};
const steps = [
  { type: 'log', message: 'Go {{input.campaign}} in {{input.size}} with {{input.rate}}' },
  {
    type: 'fire_webhook_event',
    event: 'campaign.kickoff',
    payload: { n: '{{input.n | json}}', tags: '{{input.tags | json}}', note: '[{{input.note}}]' },
  },
];

export async function aWorkflow({ call }: Stack, name: string, recipe: object = { inputs, steps }): Promise<number> {
  return (await call('POST', '/api/v1/workflows', { body: { name, recipe } })).body.id;
}

export async function runsUsed({ call }: Stack): Promise<number> {
  return (await call('GET', '/api/v1/usage')).body.used;
}

/** Opens Run now on a workflow's page. */
export async function openRunNow(page: Page, open: (path: string) => Promise<void>, id: number, name: string) {
  await open(`/workflows/${id}`);
  await heading(page, name).waitFor();
  await page.getByRole('button', { name: 'Run now', exact: true }).click();
  await dialog(page).getByRole('textbox').first().waitFor();
}

/** The field of an input. */
export function field(page: Page, name: string) {
  return dialog(page).getByRole('textbox', { name: new RegExp(`^${name}( – required)?$`) });
}

/** Waits until the field with this name has the focus. */
export async function isFocused(page: Page, label: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => (document.activeElement as HTMLInputElement | null)?.labels?.[0]?.innerText.startsWith(wanted) === true,
    label,
  );
}

/** Chooses from the list of a field. */
export async function choose(page: Page, field: string, option: string): Promise<void> {
  await dialog(page)
    .getByRole('button', { name: new RegExp(`^${field}`) })
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
