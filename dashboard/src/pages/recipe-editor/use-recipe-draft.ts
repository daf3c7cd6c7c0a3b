import { useState } from 'react';
import type { Json } from '../../../../functions/domain/json';
import { parseJson } from '../../parts/json';
import { draftOf, recipeOf, type DraftRecipe } from './draft';

export interface RecipeDraft {
  readonly view: 'steps' | 'json';
  readonly recipe: DraftRecipe;
  readonly text: string;
  /** Why the other view cannot be shown, or the text not be used. */
  readonly remark: string | undefined;
  /** What would be saved; undefined while the text is not JSON. */
  readonly value: Json | undefined;
  readonly show: (view: 'steps' | 'json') => void;
  readonly write: (text: string) => void;
  readonly arrange: (recipe: DraftRecipe) => void;
}

/** A recipe under work in one of two views. The one shown is the truth; the other is made from it when it is asked for. */
export function useRecipeDraft(stored: Json): RecipeDraft {
  const initial = draftOf(stored);
  const [view, setView] = useState<'steps' | 'json'>(initial === undefined ? 'json' : 'steps');
  const [recipe, setRecipe] = useState<DraftRecipe>(initial ?? { continueOnError: false, steps: [] });
  const [text, setText] = useState(() => pretty(stored));
  const [remark, setRemark] = useState<string>();
  const parsed = view === 'json' ? parse(text) : recipeOf(recipe);

  const show = (wanted: 'steps' | 'json') => {
    setRemark(undefined);
    if (wanted === view) return;
    if (wanted === 'json') {
      setText(pretty(recipeOf(recipe)));
      setView('json');
      return;
    }
    const drafted = parsed === undefined ? undefined : draftOf(parsed);
    if (drafted === undefined) {
      setRemark(
        'This text cannot be shown as steps yet: it should be an object with "steps", a list, and nothing unknown.',
      );
      return;
    }
    setRecipe(drafted);
    setView('steps');
  };
  return {
    view,
    recipe,
    text,
    remark: view === 'json' && parsed === undefined ? 'The text is not JSON.' : remark,
    value: parsed,
    show,
    write: (changed) => {
      setRemark(undefined);
      setText(changed);
    },
    arrange: setRecipe,
  };
}

function pretty(recipe: Json): string {
  return JSON.stringify(recipe, null, 2);
}

function parse(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
