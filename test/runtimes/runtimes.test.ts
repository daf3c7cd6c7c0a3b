import { readFileSync } from 'node:fs';
import { digestsFile, digestsHere, type Digest } from './digests';

const kept = JSON.parse(readFileSync(digestsFile, 'utf8')) as Record<string, Digest>;

/** What to do about a section that differs, since two digests alone explain nothing. */
function advice(section: string): string {
  return (
    `"${section}" differs on Node ${process.versions.node} from test/runtimes/digests.json. ` +
    `If you changed it on purpose: npm run runtimes -- --write. ` +
    `Otherwise compare with another Node what this prints: npm run runtimes -- "${section}"`
  );
}

test('verdicts, stored bytes, signatures and openapi.json are the same on every Node', async () => {
  const here = await digestsHere();
  const names = [...new Set([...Object.keys(kept), ...Object.keys(here)])];
  const differing = names.filter((name) => here[name]?.sha256 !== kept[name]?.sha256);

  expect(differing.map(advice)).toEqual([]);
});

test('they are made of enough', () => {
  expect(kept['endpoint URLs']?.lines).toBeGreaterThan(25_000);
  expect(Object.values(kept).every(({ lines }) => lines > 20)).toBe(true);
});
