import { useState } from 'react';
import type { Json } from '../../../../functions/domain/json';
import { parseJson } from '../../parts/json';
import { draftOf, recipeOf, type DraftRecipe } from './draft';

export interface RecipeDraft {
  readonly view: 'steps' | 'json';
  readonly recipe: DraftRecipe;
  readonly text: string;
  /** Why the other view cannot be shown, or why the text cannot be used. */
  readonly warning: string | undefined;
  /** The recipe to save. Undefined while the text is not JSON. */
  readonly value: Json | undefined;
  readonly switchView: (view: 'steps' | 'json') => void;
  readonly setText: (text: string) => void;
  readonly setRecipe: (recipe: DraftRecipe) => void;
}

/** A recipe that is edited in one of two views. The view shown holds the recipe; switching converts it for the other. */
export function useRecipeDraft(stored: Json): RecipeDraft {
  const initial = draftOf(stored);
  const [view, setView] = useState<'steps' | 'json'>(initial === undefined ? 'json' : 'steps');
  const [recipe, setRecipe] = useState<DraftRecipe>(initial ?? { continueOnError: false, steps: [] });
  const [text, setText] = useState(() => pretty(stored));
  const [warning, setWarning] = useState<string>();
  const { value: parsed, fault } = view === 'json' ? parse(text) : { value: recipeOf(recipe) };

  const switchView = (wanted: 'steps' | 'json') => {
    setWarning(undefined);
    if (wanted === view) return;
    if (wanted === 'json') {
      setText(pretty(recipeOf(recipe)));
      setView('json');
      return;
    }
    const drafted = parsed === undefined ? undefined : draftOf(parsed);
    if (drafted === undefined) {
      setWarning('This JSON cannot be shown as steps. It must be an object with a "steps" list and no unknown keys.');
      return;
    }
    setRecipe(drafted);
    setView('steps');
  };
  return {
    view,
    recipe,
    text,
    warning: fault ?? warning,
    value: parsed,
    switchView,
    setText: (changed) => {
      setWarning(undefined);
      setText(changed);
    },
    setRecipe,
  };
}

function pretty(recipe: Json): string {
  return JSON.stringify(recipe, null, 2);
}

function parse(text: string): { readonly value?: Json; readonly fault?: string } {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return { fault: `The text cannot be used as JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}
