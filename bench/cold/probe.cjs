// Measures one cold start. Like a new Lambda environment, this fresh process has loaded nothing else before.
const { readFileSync } = require('node:fs');
const { performance } = require('node:perf_hooks');

const [bundle, eventFile] = process.argv.slice(2);
const event = JSON.parse(readFileSync(eventFile, 'utf8'));
const startedMs = performance.now();
const { handler } = require(bundle);
const importedMs = performance.now();
// A function asks how much time its call has left.
handler(event, { getRemainingTimeInMillis: () => 60_000 }).then(() => {
  const answeredMs = performance.now();
  process.send({ importMs: importedMs - startedMs, callMs: answeredMs - importedMs }, () => process.exit(0));
});
