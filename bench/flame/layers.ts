import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Whose code takes the time. */
export type Layer = 'product' | 'bare loop' | 'zod' | 'middy' | 'AWS SDK' | 'Node' | 'garbage collector' | 'other';

/** In the order in which tables name them. */
export const layers: readonly Layer[] = [
  'AWS SDK',
  'Node',
  'garbage collector',
  'zod',
  'middy',
  'product',
  'bare loop',
  'other',
];

const byPath: readonly (readonly [RegExp, Layer])[] = [
  [/node_modules\/(@aws-sdk|@smithy|@aws-crypto)\//, 'AWS SDK'],
  [/node_modules\/@middy\//, 'middy'],
  [/node_modules\/zod\//, 'zod'],
  [/node_modules\//, 'other'],
  [/^node:/, 'Node'],
  [/bench\//, 'bare loop'],
  [/functions\//, 'product'],
];

/** The frame of a call in a profile. */
export interface Frame {
  readonly functionName: string;
  readonly url: string;
  /** Counted from 0. */
  readonly lineNumber: number;
}

/** @returns undefined for functions of V8 and C++, whose time belongs to whoever called them */
export type LayerOf = (frame: Frame) => Layer | undefined;

/** Knows the modules in bundles that are not minified, where esbuild writes the path of each above its code. */
export function layersIn(bundles: readonly string[]): LayerOf {
  const modules = new Map(bundles.map((file) => [file, pathsByLine(file)]));
  return ({ functionName, url, lineNumber }) => {
    if (functionName === '(garbage collector)') return 'garbage collector';
    if (url === '') return undefined;
    const file = url.startsWith('file:') ? fileURLToPath(url) : url;
    const path = modules.get(file)?.[lineNumber] ?? file;
    return byPath.find(([pattern]) => pattern.test(path))?.[1] ?? 'other';
  };
}

function pathsByLine(file: string): string[] {
  let path = '';
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => {
      if (/^ *\/\/ \S+\.(ts|js|mjs|cjs)$/.test(line)) path = line.trim().slice('// '.length);
      return path;
    });
}
