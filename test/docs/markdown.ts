import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const projectDirectory = join(__dirname, '../..');

/** Folders that are installed or built, so none of their documents are ours. */
const notOurs = [
  'node_modules',
  '.git',
  '.build',
  '.local',
  '.judge',
  'cdk.out',
  'coverage',
  'screenshots',
  'dashboard/dist',
];

/** Every file of the project whose name ends so, relative to the project. */
export function projectFiles(ending: RegExp, folder = ''): string[] {
  return readdirSync(join(projectDirectory, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.includes(path) ? [] : projectFiles(ending, path);
    return ending.test(path) ? [path] : [];
  });
}

export function read(file: string): string {
  return readFileSync(join(projectDirectory, file), 'utf8');
}

export function exists(path: string): boolean {
  return existsSync(join(projectDirectory, path));
}

/** A document's text with each line of its code blocks emptied, so that line numbers stay. */
export function withoutCodeBlocks(markdown: string): string {
  return markdown.replace(/^( *)```.*\n[^]*?^\1```$/gm, (block) => block.replace(/.+/g, ''));
}

/** Targets of links and pictures, as written. */
export function linksOf(markdown: string): string[] {
  const text = withoutCodeBlocks(markdown).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

/** What stands in backticks, outside of code blocks. */
export function codeSpansOf(markdown: string): string[] {
  return [...withoutCodeBlocks(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);
}

/** Anchors of a document's headings, as GitHub makes them. */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutCodeBlocks(markdown).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const anchor = heading!
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/(^|\W)_([^_]+)_(?=\W|$)/g, '$1$2')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const earlier = seen.get(anchor) ?? 0;
    seen.set(anchor, earlier + 1);
    return earlier === 0 ? anchor : `${anchor}-${earlier}`;
  });
}
