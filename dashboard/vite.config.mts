import { defineConfig } from 'vite';
import { firstLoad } from './build/first-load.mts';
import { fontFiles } from './build/font-files.mts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [fontFiles(), firstLoad({ page: 'overview-page.tsx', limitKb: 520 })],
  build: {
    target: 'es2023',
    // An inlined asset is a data: URL, which the content security policy refuses.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the content security policy refuses.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // Everything the first page needs goes into one file, which compresses better than thirty small ones.
      output: { codeSplitting: { groups: [{ name: 'first-load', tags: ['$initial'] }] } },
      onLog: (level, log, report) => {
        // 'use client' only concerns servers that render React. This page is rendered in the browser.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
});
