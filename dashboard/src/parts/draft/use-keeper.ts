import { useEffect, useState } from 'react';
import { useSession } from '../../session/session';
import { draftKey, newKeeper, readKept, type Kept, type Keeper } from './keeper';

/**
 * The keeper of a form, and what an earlier visit left in it.
 *
 * @param thing the product's name of what is edited, such as `workflow 3`
 */
export function useKeeper(thing: string): { readonly keeper: Keeper; readonly kept: Kept | undefined } {
  const { me, email } = useSession();
  const [{ keeper, kept }] = useState(() => {
    const key = draftKey(email, me.tenant.id, thing);
    return { keeper: newKeeper(key), kept: readKept(key, email) };
  });
  useEffect(() => {
    addEventListener('pagehide', keeper.flush);
    return () => {
      removeEventListener('pagehide', keeper.flush);
      keeper.flush();
    };
  }, [keeper]);
  return { keeper, kept };
}
