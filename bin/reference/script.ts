import { resolve } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

const projectFolder = resolve(__dirname, '..', '..');
const nothing = './dashboard/reference/nothing.cjs';

/** Languages that Redoc highlights. Of the samples in openapi.json, JSON is part of the highlighter itself. */
const otherLanguages = [
  'c',
  'clike',
  'coffeescript',
  'cpp',
  'csharp',
  'csv',
  'go',
  'http',
  'java',
  'lua',
  'markup',
  'markup-templating',
  'objectivec',
  'perl',
  'php',
  'python',
  'q',
  'ruby',
  'scala',
  'sql',
  'swift',
  'yaml',
];

/** What Redoc imports and this page never calls: a third of the script. */
const leftOut = [
  // Reads a description from several files. Ours is one, and is handed to Redoc as an object.
  '@redocly/openapi-core/lib/bundle',
  '@redocly/openapi-core/lib/config/config',
  // Reads YAML in the conversion from Swagger 2.0.
  'yaml',
  // Searches in the page itself where there are no workers. Redoc's worker holds a copy of its own.
  'lunr',
  // Imitates scroll bars, unless `nativeScrollbars` is set.
  'perfect-scrollbar',
  // Sanitizes descriptions of others if `sanitize` is set. Ours are our own, and the page's policy runs no script of them.
  'dompurify',
  ...otherLanguages.map((language) => `prismjs/components/prism-${language}.js`),
];

export interface ReferenceScript {
  readonly text: string;
  readonly outputs: Metafile['outputs'];
}

/** Bundles the script of the reference page, in less than a second. */
export function buildReferenceScript(): ReferenceScript {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: projectFolder,
    entryPoints: ['dashboard/reference/main.tsx'],
    outfile: 'reference.js',
    write: false,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    // Redoc requires the CommonJS files of its packages. With the ES modules for our own imports, there would be two
    // copies of mobx, of which one does not see what the other observes.
    mainFields: ['browser', 'main'],
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    alias: Object.fromEntries(leftOut.map((name) => [name, nothing])),
    legalComments: 'none',
    logLevel: 'error',
    metafile: true,
  });
  return { text: outputFiles.map(({ text }) => text).join(''), outputs: metafile.outputs };
}
