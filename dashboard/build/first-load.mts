import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/**
 * Adds up, in Brotli, every file a browser loads to show Workflows, the first page, for the first time. Prints the sum.
 *
 * @param limitKb the build fails above it; 1 KB = 1,024 bytes
 */
export function firstLoad({ limitKb }: { readonly limitKb: number }): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const names = withImports(
        bundle,
        chunks.filter((chunk) => chunk.isEntry),
      );
      // A browser loads fewer fonts than there are; which ones depends on what is shown.
      const others = Object.keys(bundle).filter((name) => /\.(html|woff2)$/.test(name));
      const sizes = [...names, ...others].map((name) => brotliSize(bundle[name]));
      const kb = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024;
      this.info(`first load: ${kb.toFixed(0)} KB in Brotli, ${sizes.length} files (limit ${limitKb} KB)`);
      if (kb > limitKb) this.error(`The first load is over its limit of ${limitKb} KB.`);
    },
  };
}

function withImports(bundle: Rolldown.OutputBundle, start: readonly Rolldown.OutputChunk[]): Set<string> {
  const names = new Set<string>();
  const queue = [...start];
  for (const chunk of queue) {
    if (names.has(chunk.fileName)) continue;
    names.add(chunk.fileName);
    for (const name of chunk.viteMetadata?.importedCss ?? []) names.add(name);
    for (const name of chunk.viteMetadata?.importedAssets ?? []) names.add(name);
    queue.push(...chunk.imports.map((name) => bundle[name]).filter((file) => file?.type === 'chunk'));
  }
  return names;
}

function brotliSize(file: Rolldown.OutputBundle[string] | undefined): number {
  if (file === undefined) return 0;
  // Files are compressed when they are asked for, so not as hard as they could be; 11 would take half of the build, too.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  return brotliCompressSync(file.type === 'chunk' ? file.code : file.source, { params }).length;
}
