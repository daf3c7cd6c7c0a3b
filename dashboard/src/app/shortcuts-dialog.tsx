import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import { Dialog } from '../parts/dialog';
import { areShortcutsOn, places, switchShortcuts } from './shortcuts';

/** The keys there are, and the switch for them. */
export function ShortcutsDialog({ close }: { close: () => void }) {
  const [on, setOn] = useState(areShortcutsOn);
  return (
    <Dialog header="Keyboard shortcuts" close={close} confirmText="Close" confirm={close}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            ...places.map(({ key, name }) => ({ label: name, value: <Box variant="code">g {key}</Box> })),
            { label: 'Search this page', value: <Box variant="code">/</Box> },
            { label: 'Save a recipe', value: <Box variant="code">Ctrl or ⌘ s</Box> },
            { label: 'These keys', value: <Box variant="code">?</Box> },
          ]}
        />
        <Toggle
          checked={on}
          onChange={({ detail }) => {
            setOn(detail.checked);
            switchShortcuts(detail.checked);
          }}
          description="Kept in this browser. Tables, menus and dialogs work by keyboard either way."
        >
          Use these keys
        </Toggle>
      </SpaceBetween>
    </Dialog>
  );
}
