import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

interface PageNames {
  /** By address. */
  readonly names: Readonly<Record<string, string>>;
  readonly nameIt: (path: string, name: string) => void;
}

const PageNamesContext = createContext<PageNames>({ names: {}, nameIt: () => undefined });

/** Names of the things whose pages were opened, for breadcrumbs and the window's title. */
export function PageNamesProvider({ children }: { children: ReactNode }) {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const value = useMemo(
    () => ({ names, nameIt: (path: string, name: string) => setNames((known) => ({ ...known, [path]: name })) }),
    [names],
  );
  return <PageNamesContext value={value}>{children}</PageNamesContext>;
}

export function usePageNames(): PageNames['names'] {
  return useContext(PageNamesContext).names;
}

/** Says what the thing at an address is called, once that is known. */
export function useNamePage(path: string, name: string | undefined): void {
  const { names, nameIt } = useContext(PageNamesContext);
  const isKnown = names[path] === name;
  useEffect(() => {
    if (name !== undefined && !isKnown) nameIt(path, name);
  }, [isKnown, nameIt, path, name]);
}
