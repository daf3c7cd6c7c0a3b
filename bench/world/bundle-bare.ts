import { buildSync, type BuildOptions, type Metafile } from 'esbuild';
import { basename, join, resolve } from 'node:path';
import { buildFunctions, bundleOptions } from '../../bin/bundle';
import { functionNames, type FunctionName } from '../../functions/contract/functions';

const projectFolder = resolve(__dirname, '..', '..');
const folder = join(projectFolder, '.build', 'bench');

export type Sizes = ReadonlyMap<FunctionName, number>;

/**
 * Common options: one minified CommonJS file that contains the SDK. The options that make the product's bundles smaller
 * (`bin/bundle.ts`) are not used, because their effect is part of what is measured.
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

/** How a baseline is bundled: with the common options or with those of the product. */
export type Bundling = 'plain' | 'as ours';
const optionsOf: Readonly<Record<Bundling, BuildOptions>> = { plain: plainOptions, 'as ours': bundleOptions };

export function bareBundleOf(name: FunctionName, bundling: Bundling): string {
  return join(folderOf(bundling), name, 'index.js');
}

/**
 * Bundles every baseline.
 *
 * @returns the sizes in bytes
 */
export function bundleBare(bundling: Bundling): Sizes {
  const entryPoints = functionNames.map((name) => ({ in: `bench/bare/${name}.ts`, out: `${name}/index` }));
  return sizes({ ...optionsOf[bundling], entryPoints, outdir: folderOf(bundling) });
}

/** Bundles the product's functions without writing files, and returns the sizes in bytes. */
export function sizesOfOurs(): Sizes {
  return sizesIn(buildFunctions({ write: false }));
}

/**
 * Bundles another handler with the product's options.
 *
 * @returns the path of the bundle
 */
export function bundleAsOurs(entryPoint: string): string {
  const outdir = join(folder, basename(entryPoint, '.ts'));
  buildSync({ ...bundleOptions, entryPoints: [{ in: entryPoint, out: 'index' }], outdir });
  return join(outdir, 'index.js');
}

function folderOf(bundling: Bundling): string {
  return join(folder, bundling.replace(' ', '-'));
}

function sizes(options: BuildOptions): Sizes {
  return sizesIn(buildSync({ ...options, metafile: true }).metafile);
}

function sizesIn({ outputs }: Pick<Metafile, 'outputs'>): Sizes {
  const files = Object.entries(outputs);
  return new Map(
    functionNames.map((name) => [name, files.find(([file]) => file.endsWith(`${name}/index.js`))?.[1].bytes ?? 0]),
  );
}
