import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { Dialog } from '../parts/dialog';
import { areShortcutsEnabled, destinations, enableShortcuts } from './shortcuts';

/** Lists the keyboard shortcuts and lets the user switch them off. */
export function ShortcutsDialog({ close }: { close: () => void }) {
  const [isEnabled, setIsEnabled] = useState(areShortcutsEnabled);
  return (
    <Dialog header="Keyboard shortcuts" close={close} confirmText="Close" confirm={close}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            ...destinations.map(({ key, name }) => ({ label: name, value: <Box variant="code">g {key}</Box> })),
            { label: 'Search this page', value: <Box variant="code">/</Box> },
            { label: 'Save a recipe', value: <Box variant="code">Ctrl or ⌘ s</Box> },
            { label: 'Undo and redo in a recipe', value: <Box variant="code">Ctrl or ⌘ z, y</Box> },
            { label: 'Move selected steps', value: <Box variant="code">Alt ↑, Alt ↓</Box> },
            { label: 'Show the shortcuts', value: <Box variant="code">?</Box> },
          ]}
        />
        <Toggle
          checked={isEnabled}
          onChange={({ detail }) => {
            setIsEnabled(detail.checked);
            enableShortcuts(detail.checked);
          }}
          description="Stored in this browser. Tables, menus and dialogs can be used by keyboard in either case."
        >
          Use keyboard shortcuts
        </Toggle>
      </SpaceBetween>
    </Dialog>
  );
}
