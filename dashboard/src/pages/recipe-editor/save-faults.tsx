import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, type ReactNode } from 'react';
import { problemOf, type Problem } from '../../api/api-error';
import { CheckFields, focusFirstFault } from '../../parts/form/form-faults';
import { Refusal } from '../../parts/refusal';

interface SaveFaultsProps {
  /** Null if saving was not refused. */
  readonly error: unknown;
  readonly isChecking: boolean;
  /** The number of fields that are marked as wrong. */
  readonly marked: number;
  readonly children: ReactNode;
}

/** The API's check of the recipe says the same as these, at the steps or above the JSON. */
const saidByCheck: readonly Problem['code'][] = ['invalid_recipe', 'recipe_too_large', 'step_type_not_allowed'];

/** The editor's parts. After saving was refused, says where to look, and moves the focus to the first marked field. */
export function SaveFaults({ error, isChecking, marked, children }: SaveFaultsProps) {
  const form = useRef<HTMLDivElement>(null);
  const toldOf = useRef<unknown>(null);
  useEffect(() => {
    // The check of what was sent may be answered later than Save, and only then are the steps marked.
    if (error === null || isChecking || toldOf.current === error) return;
    if (focusFirstFault(form.current)) toldOf.current = error;
  }, [error, isChecking, marked]);
  return (
    <div ref={form}>
      <SpaceBetween size="l">
        {error !== null && <WhatIsWrong error={error} marked={marked} />}
        {children}
      </SpaceBetween>
    </div>
  );
}

function WhatIsWrong({ error, marked }: Pick<SaveFaultsProps, 'error' | 'marked'>) {
  const { code, errors } = problemOf(error);
  const isOfFields = errors.some(({ pointer }) => pointer === '#/name' || pointer === '#/description');
  // The notice about the other version says that nothing was saved.
  if (code === 'version_conflict') return null;
  if (marked > 0 && (isOfFields || saidByCheck.includes(code))) return <CheckFields count={marked} />;
  // Whatever was wrong with the fields has been changed since.
  if (isOfFields) return null;
  return <Refusal error={error} />;
}
