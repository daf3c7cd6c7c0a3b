import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const projectDirectory = join(__dirname, '..');

/** A part of a document that a command writes, between two comments that name it. */
export interface GeneratedPart {
  /** Relative to the project. */
  readonly file: string;
  readonly name: string;
  readonly text: string;
  /** Set where a number is a promise, such as a limit: any other number than today's is then wrong. */
  readonly exact?: true;
}

/** A measured count may drift by this much before a document is wrong: a header more is no news, a request more is. */
const tolerance = 0.05;

/** Names of the parts that are not what their command would write today. */
export function outdated(parts: readonly GeneratedPart[]): string[] {
  return parts
    .filter((part) => !saysTheSame(read(part.file), withPart(read(part.file), part), part.exact === true))
    .map(({ file, name }) => `${file}: ${name}`);
}

/** The same words, and numbers that are the same, or about the same. Widths of columns do not matter. */
function saysTheSame(before: string, after: string, exactly: boolean): boolean {
  const number = /-?\d+(?:\.\d+)?/g;
  const withoutWidths = (text: string) => text.replace(/[ -]+/g, ' ');
  if (exactly) return withoutWidths(before) === withoutWidths(after);
  const words = (text: string) => withoutWidths(text.replace(number, '#'));
  const [old, now] = [before, after].map((text) => (text.match(number) ?? []).map(Number));
  const isClose = (one: number, other = Infinity) => Math.abs(one - other) <= Math.abs(other) * tolerance + 0.05;
  return words(before) === words(after) && (now ?? []).every((one, index) => isClose(one, old?.[index]));
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
  if (from === -1 || to === -1) throw new Error(`${file} has no part ${name}`);
  return `${document.slice(0, from)}${begin}\n${text}\n${document.slice(to)}`;
}
