import type { Json, JsonObject } from '../../../functions/domain/json';
import type { DeliveryInStep } from '../../../functions/domain/run/view';
import { isObject } from '../parts/json';

type Output = JsonObject | null;

/** The deliveries of a webhook step. Empty if the output does not list any, for example because it was cut. */
export function deliveriesIn(output: Output): Omit<DeliveryInStep, 'step_index'>[] {
  const listed = output?.['deliveries'];
  if (!Array.isArray(listed)) return [];
  return listed.filter(isObject).map((delivery) => ({
    id: textIn(delivery, 'id') ?? '',
    endpoint_id: textIn(delivery, 'endpoint_id') ?? '',
    status: textIn(delivery, 'status') ?? '',
  }));
}

/** The paths of `{{input.…}}` that were missing from the input. */
export function missingIn(output: Output): string[] {
  const missing = output?.['missing'];
  return Array.isArray(missing) ? missing.filter((path) => typeof path === 'string') : [];
}

export function textIn(output: Output, name: string): string | undefined {
  const value: Json | undefined = output?.[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberIn(output: Output, name: string): number | undefined {
  const value: Json | undefined = output?.[name];
  return typeof value === 'number' ? value : undefined;
}
