import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundledPackages } from './bundled';
import { licenceOf, type Licence } from './licence';

const file = join(resolve(__dirname, '..', '..'), 'NOTICE');

const introduction = `The Lambda functions and the dashboard of coffield-workflows contain parts of the packages below, under the licences
that follow each list. \`npm run notice\` writes this file.
`;

export function committedNotice(): string {
  return readFileSync(file, 'utf8');
}

/** Lists the packages of the bundles by the text of their licence, so that a text that many share is there once. */
export function noticeText(bundled: ReturnType<typeof bundledPackages>): string {
  const inFunctions = new Set(bundled.functions);
  const inDashboard = new Set(bundled.dashboard);
  const byText = new Map<string, string[]>();
  for (const folder of [...new Set([...inFunctions, ...inDashboard])].sort()) {
    const places = [
      ...(inFunctions.has(folder) ? ['functions'] : []),
      ...(inDashboard.has(folder) ? ['dashboard'] : []),
    ];
    const licence = licenceOf(folder);
    byText.set(licence.text, [...(byText.get(licence.text) ?? []), lineOf(licence, places)]);
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
