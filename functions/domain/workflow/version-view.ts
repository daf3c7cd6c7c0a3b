import * as z from 'zod/mini';
import { summariseRecipe } from './recipe-summary';

/** One version of a recipe as stored. It is written once and never changed. */
export interface StoredVersion {
  readonly version: number;
  /** Null for versions that an earlier release wrote, which did not record this. */
  readonly created_at: string | null;
  /** The recipe as stored. It may be older than a rule. */
  readonly recipe: unknown;
}

export const versionViewSchema = z.object({
  version: z.int(),
  created_at: z.nullable(z.string()),
  /** True if runs that start now use this version. */
  current: z.boolean(),
  steps_total: z.int(),
  total_delay_seconds: z.int(),
});
export type VersionView = z.infer<typeof versionViewSchema>;

/** A recipe as stored, without a check: one that a newer rule refuses must still be readable. */
export const storedRecipeSchema = z.unknown();

export const versionDetailViewSchema = z.extend(versionViewSchema, { recipe: storedRecipeSchema });

export function viewVersion({ version, created_at, recipe }: StoredVersion, currentVersion: number): VersionView {
  const { stepsTotal, totalDelaySeconds } = summariseRecipe(recipe);
  return {
    version,
    created_at,
    current: version === currentVersion,
    steps_total: stepsTotal,
    total_delay_seconds: totalDelaySeconds,
  };
}
