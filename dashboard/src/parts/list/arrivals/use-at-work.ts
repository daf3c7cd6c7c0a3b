import { useState, type FocusEvent, type PointerEvent } from 'react';

/** Whether the pointer or the keyboard focus is on a row of a table. The handlers go to an element around the table. */
export function useAtWork() {
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  return {
    isAtWork: isPointed || isFocused,
    handlers: {
      onPointerOver: ({ target }: PointerEvent) => setIsPointed(isInRow(target)),
      onPointerLeave: () => setIsPointed(false),
      onFocus: ({ target }: FocusEvent) => setIsFocused(isInRow(target)),
      onBlur: () => setIsFocused(false),
    },
  };
}

function isInRow(target: EventTarget): boolean {
  return target instanceof Element && target.closest('tbody') !== null;
}
