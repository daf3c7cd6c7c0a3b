import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, type ReactNode } from 'react';
import { problemOf, type Problem } from '../../api/api-error';
import { CheckFields, focusFirstFault } from '../../parts/form/form-faults';
import { Refusal } from '../../parts/refusal';
import type { Check } from './check/use-check';

interface SaveFaultsProps {
  /** Null if saving was not refused. */
  readonly error: unknown;
  readonly check: Check;
  /** Why nothing could be sent when Save was pressed, if that is still so. */
  readonly unsendable: string | undefined;
  /** The number of fields that are marked as wrong. */
  readonly marked: number;
  readonly children: ReactNode;
}

/** The API's check of the recipe says the same as these, at the steps or above the JSON. */
const saidByCheck: readonly Problem['code'][] = ['invalid_recipe', 'recipe_too_large', 'step_type_not_allowed'];

/** The editor's parts. After saving was refused, says where to look, and moves the focus to the first marked field. */
export function SaveFaults({ error, check, unsendable, marked, children }: SaveFaultsProps) {
  const form = useRef<HTMLDivElement>(null);
  const toldOf = useRef<unknown>(null);
  useEffect(() => {
    // The check of what was sent may be answered later than Save, and only then are the steps marked.
    if (error === null || check.isChecking || toldOf.current === error) return;
    if (focusFirstFault(form.current)) toldOf.current = error;
  }, [error, check.isChecking, marked]);
  return (
    <div ref={form}>
      <SpaceBetween size="l">
        {unsendable !== undefined && <NothingSaved>{unsendable}</NothingSaved>}
        {error !== null && unsendable === undefined && <WhatIsWrong error={error} check={check} marked={marked} />}
        {children}
      </SpaceBetween>
    </div>
  );
}

function WhatIsWrong({ error, check, marked }: Pick<SaveFaultsProps, 'error' | 'check' | 'marked'>) {
  const { code, errors } = problemOf(error);
  const isOfFields = errors.some(({ pointer }) => pointer === '#/name' || pointer === '#/description');
  // The notice about the other version says that nothing was saved.
  if (code === 'version_conflict') return null;
  if (marked > 0 && (isOfFields || saidByCheck.includes(code))) return <CheckFields count={marked} />;
  // Whatever was wrong with the fields has been changed since.
  if (isOfFields) return null;
  if (saidByCheck.includes(code) && check.valid !== undefined) return null;
  if (code === check.problem?.code) return <NothingSaved>the recipe has faults, see below.</NothingSaved>;
  return <Refusal error={error} />;
}

function NothingSaved({ children }: { children: string }) {
  return (
    <div role="alert">
      <Alert type="error">Nothing was saved: {children}</Alert>
    </div>
  );
}
