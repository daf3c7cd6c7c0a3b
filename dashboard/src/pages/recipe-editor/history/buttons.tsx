import ButtonGroup from '@cloudscape-design/components/button-group';
import { useSelected } from '../../../store';
import type { EditHistory } from './edit-history';

/** Undo and redo, which also say what they are about. With a reason, a disabled button keeps the focus that it has. */
export function HistoryButtons({ history }: { history: EditHistory }) {
  const { past, future } = useSelected(history.state, (state) => state);
  const said = useSelected(history.said, (text) => text);
  return (
    <>
      <ButtonGroup
        variant="icon"
        ariaLabel="History"
        items={[
          {
            type: 'icon-button',
            id: 'undo',
            iconName: 'undo',
            disabled: past.length === 0,
            disabledReason: 'Nothing to undo',
            text: named('Undo', past.at(-1)?.what),
          },
          {
            type: 'icon-button',
            id: 'redo',
            iconName: 'redo',
            disabled: future.length === 0,
            disabledReason: 'Nothing to redo',
            text: named('Redo', future.at(-1)?.what),
          },
        ]}
        onItemClick={({ detail: { id } }) => (id === 'undo' ? history.undo() : history.redo())}
      />
      <div aria-live="polite" className="only-said">
        {said}
      </div>
    </>
  );
}

function named(verb: string, what: string | undefined): string {
  return what === undefined ? verb : `${verb} ${what}`;
}
