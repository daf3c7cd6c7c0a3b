/** Reads a setting: undefined if nobody gave it. */
export type Context = (key: string) => string | undefined;

/**
 * The CDK's context as it will be in force: what the command line gives, in any form that the CDK accepts, before what
 * `cdk.json` has.
 */
export function contextOf(args: readonly string[], file: Readonly<Record<string, unknown>>): Context {
  const given = new Map(
    args.flatMap((arg, index): [string, string][] => {
      const pair =
        /^(?:--context=|-c=?)(.+)$/.exec(arg)?.[1] ?? (['-c', '--context'].includes(arg) ? args[index + 1] : undefined);
      const [, key, value] = /^([^=]+)=(.*)$/s.exec(pair ?? '') ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
  return (key) => {
    const kept = file[key];
    return given.get(key) ?? (typeof kept === 'string' || typeof kept === 'number' ? String(kept) : undefined);
  };
}

/** The profile whose account the CDK deploys to: undefined for the one that the environment names. */
export function profileOf(args: readonly string[]): string | undefined {
  const [equals] = args.flatMap((arg) => /^--profile=(.+)$/.exec(arg)?.[1] ?? []);
  const before = args.indexOf('--profile');
  return equals ?? (before < 0 ? undefined : args[before + 1]);
}
