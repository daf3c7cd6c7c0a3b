import type { Json, JsonObject } from '../../../functions/domain/json';
import type { DeliveryInStep } from '../../../functions/domain/run/view';
import { isObject } from '../parts/json';

type Output = JsonObject | null;

/** Deliveries of a webhook step. */
export function deliveriesIn(output: Output): Omit<DeliveryInStep, 'step_index'>[] {
  const listed = output?.['deliveries'];
  if (!Array.isArray(listed)) return [];
  return listed.filter(isObject).map((delivery) => ({
    id: textIn(delivery, 'id') ?? '',
    endpoint_id: textIn(delivery, 'endpoint_id') ?? '',
    status: textIn(delivery, 'status') ?? '',
  }));
}

/** Paths of `{{input.…}}` that the input did not have. */
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
