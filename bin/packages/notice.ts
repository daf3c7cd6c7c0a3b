import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundledPackages, places, type BundledPackages } from './bundled';
import { licenceOf, type Licence } from './licence';

const file = join(resolve(__dirname, '..', '..'), 'NOTICE');

const introduction = `The Lambda functions, the dashboard and the reference page of coffield-workflows contain parts of the packages below,
under the licences that follow each list. \`npm run notice\` writes this file.
`;

export function committedNotice(): string {
  return readFileSync(file, 'utf8');
}

/** Lists the packages of the bundles by the text of their licence, so that a text that many share is there once. */
export function noticeText(bundled: BundledPackages): string {
  const byText = new Map<string, string[]>();
  for (const folder of [...new Set(Object.values(bundled).flat())].sort()) {
    const licence = licenceOf(folder);
    const line = lineOf(
      licence,
      places.filter((place) => bundled[place].includes(folder)),
    );
    byText.set(licence.text, [...(byText.get(licence.text) ?? []), line]);
  }
  const parts = [...byText].map(
    ([text, lines]) =>
      `${[...new Set(lines)].join('\n')}\n\n${text || 'Its package contains no text of the licence.'}\n`,
  );
  return [introduction, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

function lineOf({ packageName, version, expression }: Licence, places: readonly string[]): string {
  return `${packageName} ${version}: ${expression}, in the ${places.join(' and the ')}`;
}

if (require.main === module) writeFileSync(file, noticeText(bundledPackages()));
