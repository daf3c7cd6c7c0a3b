import { defineConfig } from 'vite';
import { firstLoad } from './build/first-load.mts';
import { fontFiles } from './build/font-files.mts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [fontFiles(), firstLoad({ limitKb: 550 })],
  build: {
    target: 'es2023',
    // Inlined assets would be data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // What the first page needs is one file, which compresses better than thirty.
      output: { codeSplitting: { groups: [{ name: 'first-load', tags: ['$initial'] }] } },
      onLog: (level, log, report) => {
        // 'use client' means something on servers that render React; there is none.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
