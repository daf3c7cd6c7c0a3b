import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';

interface PageNames {
  /** The name of each opened page by its path. */
  readonly names: Readonly<Record<string, string>>;
  readonly setName: (path: string, name: string) => void;
}

const PageNamesContext = createContext<PageNames>({ names: {}, setName: () => undefined });

/** Holds the names of the pages that were opened, for the breadcrumbs and the window's title. */
export function PageNamesProvider({ children }: { children: ReactNode }) {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const value = useMemo(
    () => ({ names, setName: (path: string, name: string) => setNames((known) => ({ ...known, [path]: name })) }),
    [names],
  );
  return <PageNamesContext value={value}>{children}</PageNamesContext>;
}

export function usePageNames(): PageNames['names'] {
  return useContext(PageNamesContext).names;
}

/** Names the page at a path, once the name has been loaded. */
export function useNamePage(path: string, name: string | undefined): void {
  const { names, setName } = useContext(PageNamesContext);
  const isKnown = names[path] === name;
  useEffect(() => {
    if (name !== undefined && !isKnown) setName(path, name);
  }, [isKnown, setName, path, name]);
}
