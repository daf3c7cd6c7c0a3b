/**
 * Closes what a test file leaves open of AsyncLocalStorage. On Node 20 every storage that was used makes every promise of
 * the process slower, so without this each test file would slow down all those after it.
 */
function closableStorages() {
  const open = new Set();
  return {
    in: (hooks) => ({
      ...hooks,
      AsyncLocalStorage: class extends hooks.AsyncLocalStorage {
        constructor(...options) {
          super(...options);
          open.add(this);
        }
      },
    }),
    close: () => {
      for (const storage of open) storage.disable();
    },
  };
}

module.exports = { closableStorages };
