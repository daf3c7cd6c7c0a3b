const { default: Runtime } = require('jest-runtime');
const { compileOnce } = require('./compile-once.cjs');
const { readOnce, transformOnce } = require('./read-once.cjs');
const { isShared, loadShared } = require('./shared-packages.cjs');
const { closableStorages } = require('./storages.cjs');

/**
 * Jest's loader of modules, which keeps for the next test files of a worker what does not depend on the file: texts,
 * compiled scripts, and some packages of others. Each file still evaluates the product's and its own modules anew.
 */
module.exports = class WorkerRuntime extends Runtime {
  #storages = closableStorages();

  constructor(config, environment, resolver, transformer, texts, coverage, testPath, globalConfig) {
    // While jest watches, files change between two runs of one process.
    const kept = globalConfig.watch || globalConfig.watchAll ? texts : readOnce(config, texts);
    const transforming = transformOnce(config, transformer);
    super(config, environment, resolver, transforming, kept, coverage, testPath, globalConfig);
    compileOnce(this, environment);
  }

  requireModuleOrMock(from, name) {
    if (isShared(name)) return loadShared(name);
    const loaded = super.requireModuleOrMock(from, name);
    return /^(node:)?async_hooks$/.test(name) ? this.#storages.in(loaded) : loaded;
  }

  teardown() {
    this.#storages.close();
    super.teardown();
  }
};
