import Alert from '@cloudscape-design/components/alert';
import type { Warning } from '../../../functions/domain/workflow/warnings';
import { number } from '../parts/plural';
import { warningTexts } from './warning-texts';

const maxShown = 5;

/** What the author of a recipe should look at again. The recipe can be saved and run all the same. */
export function RecipeWarnings({ warnings }: { warnings: readonly Warning[] }) {
  if (warnings.length === 0) return null;
  const texts = warningTexts(warnings);
  const more = texts.length - maxShown;
  return (
    <Alert type="warning" header="Some placeholders are never filled in">
      <ul>
        {texts.slice(0, maxShown).map((text, index) => (
          <li key={index}>{text}</li>
        ))}
        {more > 0 && <li>and {number(more)} more</li>}
      </ul>
    </Alert>
  );
}
