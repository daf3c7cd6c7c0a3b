import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstLoad } from './build/first-load.mts';
import { fontFiles } from './build/font-files.mts';

/** Where `npm start` serves; `npm run dev:dashboard` sends everything that is not the page there. */
const localRun = process.env['API_URL'] ?? 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), fontFiles(), firstLoad({ limitKb: 550 })],
  build: {
    target: 'es2023',
    // Inlined assets would be data: URLs, which the content security policy refuses.
    assetsInlineLimit: 0,
    // The polyfill is an inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // What the first page needs is one file, which compresses better than thirty.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first-load', tags: ['$initial'] }] } } },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(['/api', '/config.json', '/mcp', '/oidc'].map((path) => [path, localRun])),
  },
});
