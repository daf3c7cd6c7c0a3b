import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { PlantedBug } from '../bugs/planted-bug';

const projectFolder = resolve(__dirname, '..', '..', '..');

/** A bundle of the simulator and the product, which a worker runs. */
export interface WorkerBundle {
  readonly file: string;
  readonly remove: () => void;
}

/**
 * Bundles the simulator with the product. A bundle runs three times as fast as what `tsx` makes of the same sources, which
 * names every function anew each time it is created; and a bug can be planted in it without touching a file.
 *
 * @param bug replaces one line of the product
 */
export async function bundleWorker(bug?: PlantedBug): Promise<WorkerBundle> {
  // Here the packages that are not bundled are found.
  const cache = join(projectFolder, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'simulate-'));
  const file = join(folder, 'worker.cjs');
  await build({
    absWorkingDir: projectFolder,
    entryPoints: ['test/simulate/command/worker.ts'],
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    supported: { 'dynamic-import': false },
    // The commands of the SDK are told apart by the names of their classes, which a bundle may change.
    external: ['@aws-sdk/*', '@smithy/*', 'dynalite', 'supports-color'],
    alias: {
      '@modelcontextprotocol/server/_shims': './functions/mcp-server/no-schema-validator.ts',
      '@aws-sdk/lib-dynamodb': './test/simulate/command/plain-commands.ts',
    },
    logLevel: 'error',
    plugins: bug === undefined ? [compiledSchemas] : [compiledSchemas, planted(bug)],
  });
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * Lets zod compile the schemas of objects, as its full edition does. The product uses the small edition, which reads them
 * key by key and starts faster; here the same schemas are used a million times, and their results are the same.
 */
const compiledSchemas: Plugin = {
  name: 'compiled schemas',
  setup: (bundling) => {
    bundling.onLoad({ filter: /zod\/v4\/mini\/schemas\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const plain = 'core.$ZodObject.init(';
      if (source.split(plain).length !== 2) throw new Error(`${path} has no, or more than one, "${plain}"`);
      return { contents: source.replace(plain, () => 'core.$ZodObjectJIT.init('), loader: 'js' };
    });
  },
};

function planted({ name, file, find, replace }: PlantedBug): Plugin {
  const path = join(projectFolder, file);
  return {
    name: 'planted bug',
    setup: (bundling) => {
      bundling.onLoad({ filter: /\.ts$/ }, ({ path: loaded }) => {
        if (loaded !== path) return undefined;
        const source = readFileSync(path, 'utf8');
        if (source.split(find).length !== 2) throw new Error(`${name}: ${file} has no, or more than one, "${find}"`);
        return { contents: source.replace(find, () => replace), loader: 'ts' };
      });
    },
  };
}
