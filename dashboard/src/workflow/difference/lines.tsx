import CodeView from '@cloudscape-design/code-view/code-view';
import { diffLines } from 'diff';
import type { Json } from '../../../../functions/domain/json';
import './difference.css';

interface Line {
  readonly sign: '+' | '-' | ' ';
  readonly text: string;
}

const classNames = { '+': 'diff-added', '-': 'diff-removed', ' ': 'diff-kept' } as const;

/** Shows two values as one text, as JSON. Removed lines are marked with -, added lines with +. */
export function Lines({ before, after, name }: { before: Json; after: Json; name: string }) {
  const lines = linesOf(before, after);
  return (
    <CodeView
      content={lines.map(({ sign, text }) => `${sign} ${text}`).join('\n')}
      ariaLabel={name}
      wrapLines
      highlight={(code) => (
        <span>
          {code.split('\n').map((line, index) => (
            <span key={index} className={classNames[lines[index]?.sign ?? ' ']}>
              {line}
              {'\n'}
            </span>
          ))}
        </span>
      )}
    />
  );
}

function linesOf(before: Json, after: Json): Line[] {
  const parts = diffLines(JSON.stringify(before, null, 2), JSON.stringify(after, null, 2));
  return parts.flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ sign: added ? '+' : removed ? '-' : ' ', text }) as const),
  );
}
