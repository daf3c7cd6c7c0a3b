import * as z from 'zod/mini';
import { placeOf, ProductError, type Fault } from '../../../functions/domain/errors';
import { OperatorProblem } from './operator-problem';
import { printable, printableJson } from './printable';

interface Failure {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly Fault[];
}

/** Describes a failure in one sentence with its faults, or as JSON with the same content. Never prints a stack trace. */
export function reportFailure(error: unknown, json: boolean): string {
  const failure = failureOf(error);
  if (json) return printableJson(failure);
  const faults = failure.errors.map((fault) => `  ${placeOf(fault)}  ${fault.code}  ${fault.detail}`);
  return [printable(failure.detail), ...faults.map(printable)].join('\n');
}

function failureOf(error: unknown): Failure {
  if (error instanceof ProductError) return { code: error.code, detail: error.message, errors: error.faults };
  if (error instanceof OperatorProblem) return { code: error.code, detail: error.message, errors: [] };
  return { code: 'internal', detail: describeUnexpected(error), errors: [] };
}

function describeUnexpected(error: unknown): string {
  if (error instanceof z.core.$ZodError) {
    const { path = [], message = '' } = error.issues[0] ?? {};
    return `A stored row does not have the form that this version of the product writes (${path.join('.')}: ${message}). Run the version that is deployed.`;
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return `Unexpected error: ${name}: ${message.split('\n')[0] ?? ''}`;
}
