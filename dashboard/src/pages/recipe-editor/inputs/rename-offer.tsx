import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import { plural } from '../../../parts/plural';
import { useSelected, type Store } from '../../../store';
import { renamedIn, usesOf } from '../draft/placeholders';
import { withSteps, type DraftState } from '../draft/state';
import { focusInput } from './focus-input';

interface RenameOfferProps {
  readonly draft: Store<DraftState>;
  readonly inputKey: string;
  readonly name: string;
}

/** So long nothing is offered after a key, while the new name is still being typed. */
const settledAfterMs = 600;

/** Offers to rename an input in the messages and payloads that name it, after it was given another name. */
export function RenameOffer({ draft, inputKey, name }: RenameOfferProps) {
  const [old, setOld] = useState(name);
  const [typed, setTyped] = useState(name);
  useEffect(() => {
    const timer = setTimeout(() => setTyped(name), settledAfterMs);
    return () => clearTimeout(timer);
  }, [name]);
  const isRenamed = typed === name && old !== name && old !== '' && name !== '';
  const uses = useSelected(draft, ({ recipe: { steps, inputs } }) =>
    !isRenamed || inputs.some((input) => input.name === old) ? 0 : usesOf(steps, old),
  );
  // A name that no text uses needs no offer, and is what the next name is compared with.
  if (isRenamed && uses === 0) setOld(name);
  if (old === '' && typed === name && name !== '') setOld(name);
  if (uses === 0) return null;
  return (
    <div role="status">
      <Alert
        type="info"
        action={
          <Button
            onClick={() => {
              draft.set((state) => withSteps(state, (steps) => renamedIn(steps, old, name)));
              setOld(name);
              focusInput(inputKey);
            }}
          >
            Rename there too
          </Button>
        }
      >
        {plural(uses, 'text')} still {uses === 1 ? 'names' : 'name'} {old}.
      </Alert>
    </div>
  );
}
