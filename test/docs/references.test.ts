import { dirname, join, normalize } from 'node:path';
import { anchorsOf, codeSpansOf, exists, linksOf, projectFiles, read } from './markdown';

const documents = projectFiles(/\.md$/);

/** What is wrong with a link from `file`; undefined when it leads somewhere, or out of the project. */
function faultOf(file: string, target: string): string | undefined {
  if (/^[a-z]+:/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const to = path === '' ? file : normalize(join(dirname(file), path));
  if (!exists(to)) return `${file}: ${target} is not there`;
  if (anchor === undefined || !to.endsWith('.md')) return undefined;
  return anchorsOf(read(to)).includes(anchor) ? undefined : `${file}: ${to} has no heading #${anchor}`;
}

/** Folders whose files the documentation may name. */
const named = /^(?:bench|bin|dashboard|docs|functions|lib|local|test|\.ci|\.github)\//;
/** Made by a build. */
const built = /^dashboard\/dist\b/;

/** The part of a path that is to exist: all of it, or the folder above a placeholder such as `<name>` or `*`. */
function fixedPart(path: string): string {
  const [fixed = ''] = path.replace(/[:#].*$/, '').split(/[<*{…]/);
  return fixed === path.replace(/[:#].*$/, '') ? fixed : dirname(`${fixed}x`);
}

test.each(documents)('every link of %s leads to a file and a heading that are there', (file) => {
  expect(linksOf(read(file)).flatMap((target) => faultOf(file, target) ?? [])).toEqual([]);
});

test.each(documents)('every path that %s names in backticks is there', (file) => {
  const paths = codeSpansOf(read(file)).filter((code) => named.test(code) && !code.includes(' ') && !built.test(code));

  expect(paths.filter((path) => !exists(fixedPart(path)))).toEqual([]);
});

test.each(documents)('every command of npm that %s names is a script of package.json', (file) => {
  const { scripts } = JSON.parse(read('package.json'));
  const names = [...read(file).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);

  expect(names.filter((name) => !(name in scripts))).toEqual([]);
});

test('every document that code, settings or workflows name is there, with its heading', () => {
  const sources = projectFiles(/\.(?:ts|tsx|mts|mjs|cjs|js|yml)$|CODEOWNERS$|\.ci\/\w+$/);
  const faults = sources.flatMap((file) =>
    [...read(file).matchAll(/\b(?:docs|bench)\/[\w/-]+\.md(?:#[\w-]+)?/g)].flatMap(
      ([target]) => faultOf('README.md', target)?.replace('README.md', file) ?? [],
    ),
  );

  expect(faults).toEqual([]);
});

test('every path with an owner is there', () => {
  const owned = read('.github/CODEOWNERS')
    .split('\n')
    .filter((line) => line.startsWith('/'))
    .map((line) => line.split(/\s+/)[0]!);

  expect(owned.length).toBeGreaterThan(5);
  expect(owned.filter((path) => !exists(fixedPart(path.slice(1))))).toEqual([]);
});
