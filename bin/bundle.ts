import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync, type BuildOptions, type Metafile } from 'esbuild';
import { functionNames, type FunctionName } from '../functions/contract/functions';

const projectFolder = resolve(__dirname, '..');

/** Folder that contains `<function name>/index.js`. The stack deploys these files, and the local run loads the same. */
export const bundlesFolder = join(projectFolder, '.build', 'functions');

/** The OAuth library finds its stores and errors by the names of its classes, which minification would change. */
const needsNames: readonly FunctionName[] = ['authorization-server'];

/**
 * Options to bundle Lambda functions in one esbuild call: all but those that need the names of their classes.
 *
 * The format is CommonJS, because a bundled ES module still needs a `require` shim for the SDK. The target is node20
 * although AWS runs a newer version, because the same files also run on the developer's machine. Dynamic imports become
 * static ones, because a Lambda function consists of one file and must not load another.
 *
 * `functions/package.json` promises esbuild that loading a module of that folder has no side effects. Without the promise
 * every bundle would hold the schemas of all the stores that `functions/aws/open-stores.ts` imports: up to 4 kB.
 */
export const bundleOptions = {
  absWorkingDir: projectFolder,
  entryPoints: entryPointsOf(functionNames.filter((name) => !needsNames.includes(name))),
  outdir: bundlesFolder,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  // Prefers the ES modules of packages. esbuild drops their unused code, which makes bundles a third smaller than with
  // the CommonJS files.
  mainFields: ['module', 'main'],
  // `debug` uses it where it is installed, and here only the tools of development bring it along.
  external: ['supports-color'],
  supported: { 'dynamic-import': false },
  alias: {
    '@aws-sdk/credential-provider-node': './functions/aws/environment-credentials.ts',
    '@modelcontextprotocol/server/_shims': './functions/mcp-server/no-schema-validator.ts',
  },
  legalComments: 'none',
  logLevel: 'error',
  metafile: true,
} satisfies BuildOptions;

/**
 * Writes `.build/functions/<name>/index.js` for every function, and esbuild's analysis of their contents to
 * `.build/meta.json`.
 */
export function bundleFunctions(): void {
  rmSync(bundlesFolder, { recursive: true, force: true });
  mkdirSync(bundlesFolder, { recursive: true });
  writeFileSync(join(projectFolder, '.build', 'meta.json'), JSON.stringify(buildFunctions()));
}

/** Bundles every function and returns esbuild's analysis of all bundles. */
export function buildFunctions(how: Pick<BuildOptions, 'write' | 'outdir'> = {}): Pick<Metafile, 'outputs'> {
  const named = { ...bundleOptions, entryPoints: entryPointsOf(needsNames), keepNames: true };
  const analyses = [bundleOptions, named].map((options) => buildSync({ ...options, ...how }).metafile);
  return { outputs: Object.fromEntries(analyses.flatMap(({ outputs }) => Object.entries(outputs))) };
}

function entryPointsOf(names: readonly FunctionName[]) {
  return names.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/index` }));
}

if (require.main === module) bundleFunctions();
