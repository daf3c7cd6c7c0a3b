import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';
import { functionNames } from '../functions/contract/functions';

const projectFolder = resolve(__dirname, '..');

/** Holds `<function name>/index.js`: what the stack takes as assets and the local run loads, the same bytes. */
export const bundlesFolder = join(projectFolder, '.build', 'functions');

/**
 * Every Lambda function in one esbuild call.
 *
 * CommonJS, because a bundled ES module still needs a `require` shim for the SDK. The target stays at
 * node20 although AWS runs a newer one, since these very files also run on the developer's machine.
 * Dynamic imports become plain ones: a Lambda loads its one file and must not look for another.
 *
 * `functions/package.json` promises esbuild that loading a module of that folder has no side effects. Without the promise
 * every bundle would hold the schemas of all the stores that `functions/aws/open-stores.ts` imports: up to 4 kB.
 */
export const bundleOptions = {
  absWorkingDir: projectFolder,
  entryPoints: functionNames.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/index` })),
  outdir: bundlesFolder,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  // Packages' ES modules, of which only the commands used are kept: a third less than their CommonJS files.
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  alias: {
    '@aws-sdk/credential-provider-node': './functions/aws/environment-credentials.ts',
    '@modelcontextprotocol/server/_shims': './functions/mcp-server/no-schema-validator.ts',
  },
  legalComments: 'none',
  logLevel: 'error',
  metafile: true,
} satisfies BuildOptions;

/** Into `.build/functions/<name>/index.js`, with esbuild's account of what went into each in `.build/meta.json`. */
export function bundleFunctions(): void {
  rmSync(bundlesFolder, { recursive: true, force: true });
  mkdirSync(bundlesFolder, { recursive: true });
  const result = buildSync(bundleOptions);
  writeFileSync(join(projectFolder, '.build', 'meta.json'), JSON.stringify(result.metafile));
}

if (require.main === module) bundleFunctions();
