import { useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { move } from './move';

/** A line of the picture and how much in it can have the focus. */
export interface Line {
  readonly id: string;
  readonly count: number;
}

/**
 * One stop of Tab for the whole picture, and the arrow keys inside it. What has the focus keeps it while rows come and
 * go, because places are named by their row and not by its position.
 *
 * @param first what in the first line Tab leads to at first
 */
export function usePlaces(lines: readonly Line[], first = 0) {
  const [focused, setFocused] = useState<string>();
  const [shown, setShown] = useState<string>();
  const reached = placeIn(lines, focused) ?? { row: 0, item: first };
  const show = (event: SyntheticEvent) => {
    const name = nameAt(event.target);
    if (name !== undefined) setShown(name);
  };
  return {
    reached,
    shown: placeIn(lines, shown),
    handlers: {
      onPointerOver: show,
      onPointerLeave: () => setShown(undefined),
      onFocus: (event: SyntheticEvent) => {
        show(event);
        setFocused(nameAt(event.target) ?? focused);
      },
      onBlur: () => setShown(undefined),
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key === 'Escape' && shown !== undefined) setShown(undefined);
        const next = move(
          lines.map(({ count }) => count),
          reached,
          event.key,
        );
        if (next === undefined || nameAt(event.target) === undefined) return;
        event.preventDefault();
        const name = `${lines[next.row]?.id}/${next.item}`;
        event.currentTarget.querySelector<HTMLElement>(`[data-place="${CSS.escape(name)}"]`)?.focus();
      },
    },
  };
}

function nameAt(target: EventTarget): string | undefined {
  return target instanceof Element
    ? (target.closest('[data-place]')?.getAttribute('data-place') ?? undefined)
    : undefined;
}

function placeIn(lines: readonly Line[], name: string | undefined) {
  const [id, item] = name?.split('/') ?? [];
  const row = lines.findIndex((line) => line.id === id);
  const count = lines[row]?.count ?? 0;
  return row === -1 ? undefined : { row, item: Math.min(Number(item), count - 1) };
}
