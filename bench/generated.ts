import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const projectDirectory = join(__dirname, '..');

/** A generated part of a document. It lies between two comments that contain its name. */
export interface GeneratedPart {
  /** Path relative to the project. */
  readonly file: string;
  readonly name: string;
  readonly text: string;
  /** Set for numbers that are promises, such as limits. The document must then contain exactly today's numbers. */
  readonly exact?: true;
}

/** Counts may differ by this much: an additional header does not make a document wrong, an additional request does. */
const tolerance = 0.05;

/** Returns the names of the parts that differ from what their command would write today. */
export function outdated(parts: readonly GeneratedPart[]): string[] {
  return parts
    .filter((part) => !isEquivalent(read(part.file), withPart(read(part.file), part), part.exact === true))
    .map(({ file, name }) => `${file}: ${name}`);
}

/** True if words and numbers agree. Unless `exactly` is set, close numbers agree too. Column widths do not matter. */
function isEquivalent(before: string, after: string, exactly: boolean): boolean {
  const number = /-?\d+(?:\.\d+)?/g;
  const withoutWidths = (text: string) => text.replace(/[ -]+/g, ' ');
  if (exactly) return withoutWidths(before) === withoutWidths(after);
  const words = (text: string) => withoutWidths(text.replace(number, '#'));
  const [old, now] = [before, after].map((text) => (text.match(number) ?? []).map(Number));
  const isClose = (one: number, other = Infinity) => Math.abs(one - other) <= Math.abs(other) * tolerance + 0.05;
  return words(before) === words(after) && (now ?? []).every((one, index) => isClose(one, old?.[index]));
}

/** What `--check` does: names the parts that differ from what `command` would write today, and fails the process. */
export function checkParts(parts: readonly GeneratedPart[], command: string): void {
  const stale = outdated(parts);
  if (stale.length === 0) return;
  console.error(
    `These tables are not what the code says today; ${command} -- --write updates them:\n${stale.join('\n')}`,
  );
  process.exitCode = 1;
}

export function writeParts(parts: readonly GeneratedPart[]): void {
  for (const part of parts) writeFileSync(join(projectDirectory, part.file), withPart(read(part.file), part));
}

function read(file: string): string {
  return readFileSync(join(projectDirectory, file), 'utf8');
}

function withPart(document: string, { file, name, text }: GeneratedPart): string {
  const begin = `<!-- begin ${name} -->\n`;
  const end = `\n<!-- end ${name} -->`;
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`${file} has no part named ${name}`);
  return `${document.slice(0, from)}${begin}\n${text}\n${document.slice(to)}`;
}
