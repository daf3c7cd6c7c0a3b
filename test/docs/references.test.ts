import { basename, dirname, join, normalize } from 'node:path';
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

/** Files that the documentation names and that are not in the project, and who makes them. */
const made: Readonly<Record<string, string>> = {
  '.build/sbom.cdx.json': 'npm run sbom',
  '.cursor/mcp.json': 'the settings of an MCP client',
  '.local': 'npm start',
  '.local/connection.json': 'npm start',
  '.local/logs/functions.log': 'npm start',
  '.vscode/mcp.json': 'the settings of an MCP client',
  'claude_desktop_config.json': 'the settings of an MCP client',
  'connection.json': 'npm start, in .local',
  'api.ts': 'the reader',
  'openapi.json': 'npm run synth, in .build/documents',
  'operator-policy.json': 'the reader',
  'row.json': 'the reader',
  'spring-promo.json': 'the reader',
};

const fileName = /^(?:[\w.@-]+\/)*[\w.@-]+\.(?:[cm]?tsx?|[cm]?js|json|md|yml|log|py)$/;

/** Files and folders of the project by which code names something, in spans and in blocks, and those that are made. */
function filesNamedIn(file: string): string[] {
  const text = read(file);
  const blocks = [...text.matchAll(/^( *)```.*\n([^]*?)^\1```$/gm)].map(([, , code]) => code!);
  return [...codeSpansOf(text), ...blocks]
    .flatMap((code) => code.split(/[\s"'`=,;()]+/))
    .map((word) => word.replace(/^(?:\.|…)\//, '').replace(/[.:]+$/, ''))
    .filter((word) => fileName.test(word) || word in made);
}

test('every file that the documentation names in code is there, or somebody makes it', () => {
  const names = new Set(projectFiles(/./).map((path) => basename(path)));
  // A file may be named without its folder where the sentence is about the folder.
  const isThere = (path: string) => exists(path) || (!path.includes('/') && names.has(path));
  const named = documents.map((file) => ({ file, paths: filesNamedIn(file) }));

  expect(named.flatMap(({ paths }) => paths).length).toBeGreaterThan(100);
  expect(
    named.flatMap(({ file, paths }) =>
      paths.filter((path) => !isThere(path) && !(path in made)).map((path) => `${file}: ${path}`),
    ),
  ).toEqual([]);
});

test('every file that somebody makes is named in the documentation, and is not one of the project', () => {
  const named = new Set(documents.flatMap(filesNamedIn));
  const kept = new Set(projectFiles(/./));

  expect(Object.keys(made).filter((path) => !named.has(path) || kept.has(path))).toEqual([]);
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
