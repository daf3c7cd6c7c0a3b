import type { DndContextProps } from '@dnd-kit/core';
import type { Desk } from '../desk';
import { aimAt, draggedBy, leave, put, take } from './acts';
import { gripOf } from './drag-id';
import { gapAt, type Point } from './gap-at';

type Handlers = Pick<DndContextProps, 'onDragStart' | 'onDragMove' | 'onDragEnd' | 'onDragCancel'>;

/** What a drag with a mouse or a finger does to the desk. */
export function pointerDrag(desk: Desk): Handlers {
  let point: Point | undefined;
  // The page may scroll under a pointer that rests, so the library's way from the start is not where the pointer is.
  const follow = (event: PointerEvent) => {
    point = { x: event.clientX, y: event.clientY };
  };
  const aim = () => {
    if (point !== undefined) aimAt(desk, gapAt(point));
  };
  const stop = () => document.removeEventListener('pointermove', follow);
  return {
    onDragStart: ({ active: { id } }) => {
      const { stepKey, type } = gripOf(String(id));
      point = undefined;
      document.addEventListener('pointermove', follow);
      take(desk, stepKey === undefined ? { type } : draggedBy(desk, stepKey), 'pointer');
    },
    onDragMove: aim,
    onDragEnd: () => {
      stop();
      aim();
      put(desk);
    },
    onDragCancel: () => {
      stop();
      leave(desk);
    },
  };
}
