// Written in old syntax on purpose: this file must also run on the old versions of Node that it refuses.
// The versions are those of "engines" in package.json.
var found = process.versions.node.split('.').map(Number);
var oldestMinor = { 20: 19, 22: 13 }[found[0]];
if (found[0] < 24 && !(found[1] >= oldestMinor)) {
  console.error(
    'coffield-workflows needs Node 20.19, 22.13 or 24, or a later one of these lines; this is ' + process.versions.node + '.\n' +
      'Install the current LTS from https://nodejs.org (or run: nvm install --lts) and try again.'
  );
  process.exit(1);
}
