import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useMemo, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { useSelected, type Store } from '../../../../store';
import { placeholderFor } from '../../draft/placeholders';
import type { DraftState } from '../../draft/state';

interface InsertInputProps {
  readonly draft: Store<DraftState>;
  /** Holds the text area. */
  readonly place: RefObject<HTMLDivElement | null>;
  readonly isJson: boolean;
  readonly onChange: (text: string) => void;
}

/** Puts the placeholder of a declared input where the caret is. */
export function InsertInput({ draft, place, isJson, onChange }: InsertInputProps) {
  const declared = useSelected(draft, declaredIn);
  const items = useMemo(() => itemsOf(declared), [declared]);
  if (items.length === 0) return null;

  const insert = (item: string) => {
    const [name = '', type = ''] = item.split(' ');
    const area = place.current?.querySelector('textarea');
    if (!area) return;
    // The field keeps its caret while the menu has the focus.
    const { value, selectionStart, selectionEnd } = area;
    const before = value.slice(0, selectionStart);
    const placeholder = placeholderFor(name, type, before, isJson);
    flushSync(() => onChange(before + placeholder + value.slice(selectionEnd)));
    area.focus();
    area.setSelectionRange(before.length + placeholder.length, before.length + placeholder.length);
  };
  return (
    <ButtonDropdown items={items} expandToViewport onItemClick={({ detail: { id } }) => insert(id)}>
      Insert input
    </ButtonDropdown>
  );
}

/** A text, because it is the same one as long as no input is renamed. */
function declaredIn({ recipe: { inputs } }: DraftState): string {
  return inputs
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, type }) => `${name.trim()} ${type}`)
    .join('\n');
}

function itemsOf(declared: string) {
  if (declared === '') return [];
  return declared.split('\n').map((id) => {
    const [name = '', type = ''] = id.split(' ');
    return { id, text: name, secondaryText: type };
  });
}
