import { bundledPackages } from '../../bin/packages/bundled';
import { isAllowed, licenceOf } from '../../bin/packages/licence';
import { fetchedPackages } from '../../bin/packages/lock';
import { committedNotice, noticeText } from '../../bin/packages/notice';

jest.setTimeout(120_000);

let bundled: ReturnType<typeof bundledPackages>;
let folders: string[];
beforeAll(() => {
  bundled = bundledPackages();
  folders = [...new Set(Object.values(bundled).flat())];
});

test('NOTICE names every package that is deployed, with its licence; otherwise: npm run notice', () => {
  expect(bundled.functions).toContain('node_modules/@middy/core');
  expect(bundled.dashboard).toContain('node_modules/@cloudscape-design/global-styles');
  expect(bundled['reference page']).toEqual(
    expect.arrayContaining(['node_modules/redoc', 'node_modules/marked', 'node_modules/lunr']),
  );
  expect(committedNotice()).toBe(noticeText(bundled));
  expect(committedNotice().length).toBeLessThan(1024 * 1024);
});

test('a package that comes or goes changes NOTICE', () => {
  const [, ...others] = bundled.functions;

  expect(noticeText({ ...bundled, functions: others })).not.toBe(committedNotice());
  expect(noticeText({ ...bundled, functions: [...bundled.functions, 'node_modules/prettier'] })).toContain(
    'prettier 3.',
  );
});

test('every package that is deployed has a licence that allows it', () => {
  const refused = folders.map(licenceOf).filter(({ expression }) => !isAllowed(expression));

  expect(refused).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(GPL-3.0-only OR MIT)', true],
  ['MIT AND BSD-3-Clause', true],
  ['GPL-3.0-only', false],
  ['MIT AND GPL-3.0-only', false],
  ['UNLICENSED', false],
  ['SEE LICENSE IN LICENSE.md', false],
])('the licence %s is allowed: %s', (expression, answer) => {
  expect(isAllowed(expression)).toBe(answer);
});

test('every package that is deployed is a dependency and none of development, so that audit and SBOM contain it', () => {
  const locked = new Map(fetchedPackages());

  expect(folders.filter((folder) => locked.get(folder)?.dev === true)).toEqual([]);
});
