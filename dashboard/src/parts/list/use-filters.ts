import { useSearchParams } from 'react-router';

type Filters<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/** Keeps the filters of a list in the page's URL, so that they survive going back and a link can be shared. */
export function useFilters<Name extends string>(
  names: readonly Name[],
): { filters: Filters<Name>; change: (changed: Partial<Record<Name, string | undefined>>) => void; clear: () => void } {
  const [searchParams, setSearchParams] = useSearchParams();
  const filters: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = searchParams.get(name);
    if (value !== null && value !== '') filters[name] = value;
  }
  return {
    filters,
    change: (changed) => {
      const next = new URLSearchParams(searchParams);
      for (const name of names) {
        const value = name in changed ? changed[name] : filters[name];
        if (value === undefined) next.delete(name);
        else next.set(name, value);
      }
      setSearchParams(next, { replace: true });
    },
    clear: () => setSearchParams({}, { replace: true }),
  };
}

/** Returns the value if it is one of the options; a URL can hold anything. */
export function oneOf<T extends string>(options: readonly T[], value: string | undefined): T | undefined {
  return options.find((option) => option === value);
}
