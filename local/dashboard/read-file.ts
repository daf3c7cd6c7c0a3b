import { readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { errorCode } from '../error-code';

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

export interface ServedFile {
  readonly contentType: string;
  readonly body: Buffer;
}

/** Reads the file at a path below the folder. Returns undefined if there is none or if the path leads out of it. */
export function readServedFile(folder: string, uri: string): ServedFile | undefined {
  const file = join(folder, uri);
  if (!file.startsWith(folder + sep) || file.includes('\0')) return undefined;
  try {
    return { contentType: contentTypes[extname(file)] ?? 'application/octet-stream', body: readFileSync(file) };
  } catch (error) {
    if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes(String(errorCode(error)))) return undefined;
    throw error;
  }
}
