import type { Plugin } from 'vite';

const inlineFont = /url\(["']?data:font\/woff2;base64,([A-Za-z0-9+/=]+)["']?\)/g;

/**
 * Moves the eight fonts that the design system embeds in its style sheet into files of their own. A browser then loads
 * only the two or three fonts that a page uses, and shows the page without waiting for them.
 */
export function fontFiles(): Plugin {
  return {
    name: 'font-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        file.source = String(file.source).replaceAll(inlineFont, (_, base64: string) => {
          const font = this.emitFile({ type: 'asset', name: 'font.woff2', source: Buffer.from(base64, 'base64') });
          return `url(./${this.getFileName(font).replace(/^assets\//, '')})`;
        });
      }
    },
  };
}
