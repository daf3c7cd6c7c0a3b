import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/**
 * Prints the size, compressed with Brotli, of all files that a browser loads on the first visit to the first page.
 *
 * @param page the module of that page, which is a chunk of its own
 * @param limitKb the build fails if the size exceeds this; 1 KB is 1,024 bytes
 */
export function firstLoad({ page, limitKb }: { readonly page: string; readonly limitKb: number }): Plugin {
  return {
    name: 'first-load',
    apply: 'build',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const names = withImports(
        bundle,
        chunks.filter(({ isEntry, facadeModuleId: module }) => isEntry || module?.endsWith(`/${page}`) === true),
      );
      // This counts every font, although a browser loads only those that the page uses.
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
  // A server compresses on request, and so not at the highest quality, 11. That quality would also take half of the
  // build's time.
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  return brotliCompressSync(file.type === 'chunk' ? file.code : file.source, { params }).length;
}
