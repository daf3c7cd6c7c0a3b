// Written in old syntax on purpose: this file must also run on the old versions of Node that it refuses.
var wanted = [20, 19];
var found = process.versions.node.split('.').map(Number);
if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < wanted[1])) {
  console.error(
    'coffield-workflows needs Node ' + wanted.join('.') + ' or newer; this is ' + process.versions.node + '.\n' +
      'Install the current LTS from https://nodejs.org (or run: nvm install --lts) and try again.'
  );
  process.exit(1);
}
