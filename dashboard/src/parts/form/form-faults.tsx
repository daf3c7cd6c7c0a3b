import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, type ReactNode } from 'react';
import { fieldsAtFault } from '../../api/field-faults';
import { plural } from '../plural';
import { Refusal } from '../refusal';

interface FormFaultsProps {
  /** Null if the form was not refused. */
  readonly error: unknown;
  /** The members of the body that have a field in the form, which shows what is wrong with it. */
  readonly fields: readonly string[];
  /** How many fields the form itself finds wrong before it sends anything. They show it too. */
  readonly ownFaults?: number;
  /** How often the person tried to send the form. */
  readonly tries?: number;
  readonly children: ReactNode;
}

/** The fields of a form. After it was refused, says in one sentence where to look, and moves the focus there. */
export function FormFaults({ error, fields, ownFaults = 0, tries = 0, children }: FormFaultsProps) {
  const form = useRef<HTMLDivElement>(null);
  // Only a refusal and a try move the focus, and not a key that mends one of several faults.
  useEffect(() => {
    if (error !== null || tries > 0) focusFirstFault(form.current);
  }, [error, tries]);
  const atFault = ownFaults > 0 ? ownFaults : fieldsAtFault(error, fields);
  return (
    <div ref={form}>
      <SpaceBetween size="m">
        {atFault === 0 && error !== null && <Refusal error={error} />}
        {atFault > 0 && <CheckFields count={atFault} />}
        {children}
      </SpaceBetween>
    </div>
  );
}

export function CheckFields({ count }: { count: number }) {
  return (
    <div role="alert">
      <Alert type="error">
        {count === 1 ? 'Check the marked field.' : `Check the ${plural(count, 'marked field')}.`}
      </Alert>
    </div>
  );
}

/** @returns whether there is a field that is marked as wrong */
export function focusFirstFault(form: HTMLElement | null): boolean {
  const marked = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  marked?.focus();
  return marked !== null && marked !== undefined;
}
