import { useSearchParams } from 'react-router';

type Filters<Name extends string> = Readonly<Partial<Record<Name, string>>>;

/** A list's filters, kept in the address: they survive going back, and can be sent to somebody. */
export function useFilters<Name extends string>(
  names: readonly Name[],
): { filters: Filters<Name>; change: (changed: Partial<Record<Name, string | undefined>>) => void; clear: () => void } {
  const [address, setAddress] = useSearchParams();
  const filters: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const value = address.get(name);
    if (value !== null && value !== '') filters[name] = value;
  }
  return {
    filters,
    change: (changed) => {
      const next = new URLSearchParams(address);
      for (const name of names) {
        const value = name in changed ? changed[name] : filters[name];
        if (value === undefined) next.delete(name);
        else next.set(name, value);
      }
      setAddress(next, { replace: true });
    },
    clear: () => setAddress({}, { replace: true }),
  };
}

/** A value from the address, if it is one of those there are. */
export function oneOf<T extends string>(options: readonly T[], value: string | undefined): T | undefined {
  return options.find((option) => option === value);
}
