import { projectFiles, read, withoutCodeBlocks } from './markdown';

const documents = projectFiles(/\.md$/);
const widest = 160;

test('the README is read in ten minutes: at most 250 lines, none of them wide', () => {
  const lines = read('README.md').trimEnd().split('\n');

  expect(lines.length).toBeLessThanOrEqual(250);
  expect(lines.filter((line) => line.length > widest)).toEqual([]);
});

test.each(documents)('no line of %s is wide, but for tables, code blocks and links', (file) => {
  const prose = withoutCodeBlocks(read(file))
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('|'))
    .map((line) => line.replace(/\]\([^)]*\)/g, ']'));

  expect(prose.filter((line) => line.length > widest)).toEqual([]);
});
