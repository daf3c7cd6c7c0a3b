import * as z from 'zod/mini';
import { summariseRecipe } from './recipe-summary';

/** One version of a recipe as stored: written once, never changed. */
export interface StoredVersion {
  readonly version: number;
  /** Null for versions written before this was noted. */
  readonly created_at: string | null;
  /** As stored; it may be older than a rule. */
  readonly recipe: unknown;
}

export const versionViewSchema = z.object({
  version: z.int(),
  created_at: z.nullable(z.string()),
  /** Whether runs started now use it. */
  current: z.boolean(),
  steps_total: z.int(),
  total_delay_seconds: z.int(),
});
export type VersionView = z.infer<typeof versionViewSchema>;

/** The recipe as stored, checked or not: one that a newer rule refuses must still be readable. */
export const versionDetailViewSchema = z.extend(versionViewSchema, { recipe: z.unknown() });

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
