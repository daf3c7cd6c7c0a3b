import type { Warning } from '../../../functions/domain/workflow/warnings';

/** Each warning with its place in the recipe as people count: `Step 3, payload: …`. */
export function warningTexts(warnings: readonly Pick<Warning, 'pointer' | 'detail'>[]): string[] {
  return warnings.map(({ pointer, detail }) => {
    const [, index, field] = /^#\/(?:recipe\/)?steps\/(\d+)\/([^/]+)/.exec(pointer) ?? [];
    return index === undefined || field === undefined ? detail : `Step ${Number(index) + 1}, ${field}: ${detail}`;
  });
}
