// Prints, as JSON, the files that a build of the dashboard contains. A program of its own, because vite is an ES module
// and tests run CommonJS.
import { build } from 'vite';

const modules = new Set();
const list = {
  name: 'list-modules',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle))
      if (file.type === 'chunk') for (const id of Object.keys(file.modules)) modules.add(id);
    // Style sheets and files by address are no part of a chunk.
    for (const id of this.getModuleIds()) if (/\.css$|\.css\?|\?url$/.test(id)) modules.add(id);
  },
};
await build({
  configFile: 'dashboard/vite.config.mts',
  root: 'dashboard',
  logLevel: 'silent',
  build: { write: false, minify: false },
  plugins: [list],
});
process.stdout.write(JSON.stringify([...modules]));
