import { memo, useEffect, useMemo } from 'react';
import { useSelected, type Store } from '../../../store';
import type { PlacedFaults } from '../check/place-faults';
import type { DraftState } from '../draft/state';
import { newDesk, type Desk } from './desk';
import { DragArea } from './drag/area';
import { handleHelpId } from './drag/handle';
import { Gap } from './gap';
import { Palette } from './palette';
import { stillThere } from './select/selection';
import { useStepKeys } from './select/use-step-keys';
import { Step } from './step';
import './steps.css';
import { Toolbar } from './toolbar/toolbar';

interface StepListProps {
  readonly draft: Store<DraftState>;
  readonly faults: PlacedFaults;
  readonly warnings: PlacedFaults;
}

/**
 * The steps in order, with the palette that they come from and the buttons for those that are selected. A key that is
 * pressed in a step draws that step again, and neither the list nor the others.
 */
export const StepList = memo(function StepList({ draft, faults, warnings }: StepListProps) {
  const desk = useMemo(() => newDesk(draft), [draft]);
  // A text, because it is the same one as long as no step is added, removed or moved.
  const order = useSelected(draft, orderOf);
  const keys = useMemo(() => (order === '' ? [] : order.split('\n')), [order]);
  useEffect(() => desk.selection.set((before) => stillThere(before, keys)), [desk, keys]);
  const handleKey = useStepKeys(desk);
  return (
    <DragArea desk={desk}>
      <div className="step-tools">
        <Palette desk={desk} />
        <Toolbar desk={desk} count={keys.length} />
      </div>
      <div data-steps onKeyDown={handleKey}>
        <ol aria-label="Steps" className="steps">
          {keys.map((key, index) => (
            <Step key={key} desk={desk} stepKey={key} index={index} faults={faults} warnings={warnings} />
          ))}
        </ol>
        <Gap desk={desk} index={keys.length} />
      </div>
      <span id={handleHelpId} hidden>
        Press space or enter to take the step, the arrow keys to move it, and space or enter to put it down; escape
        leaves it where it was.
      </span>
      <Said desk={desk} />
    </DragArea>
  );
});

function Said({ desk }: { desk: Desk }) {
  const text = useSelected(desk.said, (said) => said);
  return (
    <div aria-live="assertive" className="only-said">
      {text}
    </div>
  );
}

function orderOf({ recipe: { steps } }: DraftState): string {
  return steps.map(({ key }) => key).join('\n');
}
