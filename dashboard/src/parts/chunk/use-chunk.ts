import { useEffect, useState } from 'react';

/** A file of the dashboard that is loaded when it is first needed, and may be missing after an update. */
export type Chunk<T> =
  | { readonly is: 'loading' }
  | { readonly is: 'loaded'; readonly part: T }
  | { readonly is: 'missing'; readonly retry: () => void };

/** A connection that answers later than this is treated as one that does not answer. */
const patienceMs = 10_000;

/** @param load a function of the module, so that it is the same one at each rendering */
export function useChunk<T>(load: () => Promise<T>): Chunk<T> {
  const [tries, setTries] = useState(1);
  const [chunk, setChunk] = useState<Chunk<T>>({ is: 'loading' });
  useEffect(() => {
    let isAwaited = true;
    const end = (outcome: Chunk<T>) => {
      if (isAwaited) setChunk(outcome);
      // What arrives later is not shown by itself: it would replace what the person began to use instead.
      isAwaited = false;
    };
    const giveUp = () =>
      end({
        is: 'missing',
        retry: () => {
          setChunk({ is: 'loading' });
          setTries((count) => count + 1);
        },
      });
    const timer = setTimeout(giveUp, patienceMs);
    (tries === 1 ? load() : missingStyles().then(load)).then((part) => end({ is: 'loaded', part }), giveUp);
    return () => {
      clearTimeout(timer);
      isAwaited = false;
    };
  }, [load, tries]);
  return chunk;
}

/** Loads the style sheets that failed. Vite asks for the styles of a chunk once only, and then runs it without them. */
async function missingStyles(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')];
  await Promise.all(links.filter(isEmpty).map(replaced));
}

/** What failed has no sheet or an empty one, depending on the browser. */
function isEmpty({ sheet }: HTMLLinkElement): boolean {
  return sheet === null || sheet.cssRules.length === 0;
}

function replaced(missing: HTMLLinkElement): Promise<void> {
  return new Promise((loaded, failed) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.onload = () => loaded();
    link.onerror = () => failed(new Error(`${missing.href} could not be loaded`));
    link.href = missing.href;
    missing.replaceWith(link);
  });
}
