import Box from '@cloudscape-design/components/box';
import ButtonGroup, { type ButtonGroupProps } from '@cloudscape-design/components/button-group';
import Checkbox from '@cloudscape-design/components/checkbox';
import { memo, useRef } from 'react';
import { useNotices } from '../../../../parts/notices';
import { useSelected } from '../../../../store';
import { stepsFromText } from '../../draft/clipboard';
import { duplicateSteps, moveSteps, pasteSteps, removeSteps } from '../acts';
import { keysInOrder, say, type Desk } from '../desk';
import { nothingSelected, selected } from '../select/selection';
import { textOfSelected } from '../select/use-step-keys';

interface ToolbarProps {
  readonly desk: Desk;
  /** How many steps there are. */
  readonly count: number;
}

/** Selects all steps, and does something to those that are selected. */
export const Toolbar = memo(function Toolbar({ desk, count }: ToolbarProps) {
  const { keys } = useSelected(desk.selection, (selection) => selection);
  const group = useRef<ButtonGroupProps.Ref>(null);
  const { notify } = useNotices();
  const all = () => desk.selection.set(() => (keys.size === count ? nothingSelected : selected(keysInOrder(desk))));

  const copy = async () => {
    await navigator.clipboard.writeText(textOfSelected(desk));
    say(desk, `Copied ${keys.size}`);
  };
  const paste = async () => {
    const steps = stepsFromText(await navigator.clipboard.readText());
    if (steps === undefined)
      notify({
        type: 'warning',
        content: 'The clipboard holds no steps. Copy steps here or in another workflow first.',
      });
    else pasteSteps(desk, steps);
  };
  const refused = () =>
    notify({
      type: 'warning',
      content: 'The browser does not let this page use the clipboard. Use Ctrl+C and Ctrl+V.',
    });
  const acts: Readonly<Record<string, () => void>> = {
    duplicate: () => duplicateSteps(desk, keys),
    remove: () => removeSteps(desk, keys),
    up: () => moveSteps(desk, keys, -1),
    down: () => moveSteps(desk, keys, 1),
    copy: () => void copy().catch(refused),
    paste: () => void paste().catch(refused),
  };
  return (
    <div className="step-toolbar">
      <Checkbox
        checked={keys.size > 0 && keys.size === count}
        indeterminate={keys.size > 0 && keys.size < count}
        disabled={count === 0}
        onChange={all}
      >
        {keys.size === 0 ? 'Select all steps' : <Box>{keys.size} selected</Box>}
      </Checkbox>
      <ButtonGroup
        ref={group}
        variant="icon"
        ariaLabel="Selected steps"
        items={items(keys.size === 0)}
        onItemClick={({ detail: { id } }) => {
          acts[id]?.();
          // Moving draws the steps anew, and what is pressed again and again has to keep the focus.
          if (id === 'up' || id === 'down') group.current?.focus(id);
        }}
      />
    </div>
  );
});

/** With a reason, a disabled button keeps the focus that it has. */
function items(disabled: boolean): ButtonGroupProps['items'] {
  const unless = { disabled, disabledReason: 'Select steps first' };
  return [
    { type: 'icon-button', id: 'up', text: 'Move up', iconName: 'arrow-up', ...unless },
    { type: 'icon-button', id: 'down', text: 'Move down', iconName: 'arrow-down', ...unless },
    { type: 'icon-button', id: 'duplicate', text: 'Duplicate', iconName: 'copy', ...unless },
    { type: 'icon-button', id: 'remove', text: 'Delete', iconName: 'remove', ...unless },
    { type: 'icon-button', id: 'copy', text: 'Copy as JSON', iconName: 'upload', ...unless },
    { type: 'icon-button', id: 'paste', text: 'Paste steps', iconName: 'download' },
  ];
}
