import * as z from 'zod/mini';
import { ProductError, type Fault } from '../../../functions/domain/errors';
import { OperatorProblem } from './operator-problem';
import { printable } from './printable';

interface Failure {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly Fault[];
}

/** A failure as one sentence and its faults, or as JSON with the same. Never a stack. */
export function reportFailure(error: unknown, json: boolean): string {
  const failure = failureOf(error);
  if (json) return JSON.stringify(failure);
  const faults = failure.errors.map(({ pointer, code, detail }) => `  ${pointer}  ${code}  ${detail}`);
  return [printable(failure.detail), ...faults.map(printable)].join('\n');
}

function failureOf(error: unknown): Failure {
  if (error instanceof ProductError) return { code: error.code, detail: error.message, errors: error.faults };
  if (error instanceof OperatorProblem) return { code: error.code, detail: error.message, errors: [] };
  return { code: 'internal', detail: unexpected(error), errors: [] };
}

function unexpected(error: unknown): string {
  if (error instanceof z.core.$ZodError) {
    const { path = [], message = '' } = error.issues[0] ?? {};
    return `What is stored is not what this version of the product writes (${path.join('.')}: ${message}). Use the version that is deployed.`;
  }
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return `This should not have happened: ${name}: ${message.split('\n')[0] ?? ''}`;
}
