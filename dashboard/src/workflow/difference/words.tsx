import Badge, { type BadgeProps } from '@cloudscape-design/components/badge';
import type { Change } from './values';

const colors: Readonly<Record<Change['how'], NonNullable<BadgeProps['color']>>> = {
  added: 'green',
  removed: 'red',
  changed: 'blue',
  moved: 'grey',
};

/** Each change as a line that says what was changed, with the old and the new text. */
export function Words({ changes }: { changes: readonly Change[] }) {
  return (
    <ul aria-label="Changes in words" className="changes">
      {changes.map(({ place, how, before, after }, index) => (
        <li key={index}>
          <Badge color={colors[how]}>{how}</Badge> <strong>{place}</strong>
          {before !== undefined && <del className="diff-removed">{before}</del>}
          {after !== undefined && <ins className="diff-added">{after}</ins>}
        </li>
      ))}
    </ul>
  );
}
