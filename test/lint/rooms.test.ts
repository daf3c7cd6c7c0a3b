import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';

const root = join(__dirname, '..', '..');
// Files that are not committed yet are read too, so that a circle is found before it is committed.
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
});
const files = listed.split('\n').filter((file) => /\.tsx?$/.test(file) && existsSync(join(root, file)));
const known = new Set(files);

/** Files that a file imports, types included: a reader has to follow those too. */
const importsOf = new Map(
  files.map((file) => [
    file,
    [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:from|import\() ?'(\.[^']+)'/g)].flatMap(
      ([, path = '']) => {
        const target = normalize(join(dirname(file), path));
        return [`${target}.ts`, `${target}.tsx`].filter((one) => known.has(one));
      },
    ),
  ]),
);

/** Groups of two files or more that can all reach each other by imports (Tarjan, 1972). */
function circles(): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.get(file)!);
    open.push(file);
    for (const next of importsOf.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (open.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const file of files) if (!index.has(file)) visit(file);
  return found;
}

/** File names of each folder, without what follows the first full stop. */
const namesIn = new Map<string, Set<string>>();
for (const file of files) {
  const names = namesIn.get(dirname(file)) ?? new Set();
  namesIn.set(dirname(file), names.add(basename(file).split('.', 1)[0]!));
}

/** Files of a layer may share a verb, because acts are named by what they do: `get-run`, `list-runs`. */
const verbs = ['count', 'create', 'get', 'list', 'open', 'recover', 'use'];

/** Pages of the dashboard are left out: each is named after its address, with `-page`. */
const nouns = ['tenant', 'workflow', 'endpoint', 'delivery', 'run', 'reconcile'];

test('no two files need each other, not even for their types', () => {
  expect(circles()).toEqual([]);
});

test('no folder holds more than 20 files, where a reader should see all of them at a glance', () => {
  const crowded = [...namesIn].filter(([, names]) => names.size > 20).map(([folder]) => folder);

  expect(crowded).toEqual([]);
});

test('a prefix that three files of a folder share is a folder of its own', () => {
  const shared = [...namesIn].flatMap(([folder, names]) => {
    const prefixes = [...names].map((name) => name.split('-', 1)[0]!).filter((prefix) => !verbs.includes(prefix));
    const counts = new Map(prefixes.map((prefix) => [prefix, prefixes.filter((other) => other === prefix).length]));
    return [...counts].filter(([, count]) => count >= 3).map(([prefix]) => `${folder}/${prefix}-…`);
  });

  expect(shared).toEqual([]);
});

test("no file repeats its room's name before its own", () => {
  const repeated = files.filter((file) => {
    const room = basename(dirname(file));
    return nouns.includes(room) && !file.includes('/pages/') && basename(file).startsWith(`${room}-`);
  });

  expect(repeated).toEqual([]);
});
