import { buildSync, type BuildOptions } from 'esbuild';
import { basename, join, resolve } from 'node:path';
import { bundleOptions } from '../../bin/bundle';
import { functionNames, type FunctionName } from '../../functions/contract/functions';

const projectFolder = resolve(__dirname, '..', '..');
const folder = join(projectFolder, '.build', 'bench');

export type Sizes = ReadonlyMap<FunctionName, number>;

/**
 * As anybody would: one minified CommonJS file with the SDK in it. How the functions' own bundles are made smaller
 * (`bin/bundle.ts`) is a part of what is measured.
 */
const plainOptions = {
  absWorkingDir: projectFolder,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: bundleOptions.target,
  minify: true,
  logLevel: 'error',
  metafile: true,
} satisfies BuildOptions;

/** The baselines, once bundled plainly and once by the options of the functions themselves. */
export type Bundling = 'plain' | 'as ours';
const optionsOf: Readonly<Record<Bundling, BuildOptions>> = { plain: plainOptions, 'as ours': bundleOptions };

export function bareBundleOf(name: FunctionName, bundling: Bundling): string {
  return join(folderOf(bundling), name, 'index.js');
}

/** Bundles every baseline. @returns their sizes in bytes */
export function bundleBare(bundling: Bundling): Sizes {
  const entryPoints = functionNames.map((name) => ({ in: `bench/bare/${name}.ts`, out: `${name}/index` }));
  return sizes({ ...optionsOf[bundling], entryPoints, outdir: folderOf(bundling) });
}

/** Sizes of the functions' own bundles, in bytes, without writing them. */
export function sizesOfOurs(): Sizes {
  return sizes({ ...bundleOptions, write: false });
}

/** Bundles one more handler by the options of the functions. @returns the file */
export function bundleAsOurs(entryPoint: string): string {
  const outdir = join(folder, basename(entryPoint, '.ts'));
  buildSync({ ...bundleOptions, entryPoints: [{ in: entryPoint, out: 'index' }], outdir });
  return join(outdir, 'index.js');
}

function folderOf(bundling: Bundling): string {
  return join(folder, bundling.replace(' ', '-'));
}

function sizes(options: BuildOptions): Sizes {
  const files = Object.entries(buildSync(options).metafile?.outputs ?? {});
  return new Map(
    functionNames.map((name) => [name, files.find(([file]) => file.endsWith(`${name}/index.js`))?.[1].bytes ?? 0]),
  );
}
