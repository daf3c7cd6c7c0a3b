const { sep } = require('node:path');

/** The texts of files and what swc makes of them, by path. */
const texts = new Map();
const transformed = new Map();

/** Only files of the repository: tests write files elsewhere, and may write one again. */
function isKept({ rootDir }, path) {
  return path.startsWith(rootDir + sep);
}

/** @param own the map in which jest keeps the texts that one test file loads */
function readOnce(config, own) {
  return Object.assign(own, {
    get: (path) => Map.prototype.get.call(own, path) ?? texts.get(path),
    set: (path, text) => {
      if (isKept(config, path)) texts.set(path, text);
      return Map.prototype.set.call(own, path, text);
    },
  });
}

function transformOnce(config, transformer) {
  return Object.assign(Object.create(transformer), {
    transform: (path, options, text) => {
      const known = transformed.get(path);
      if (known?.text === text) return known.result;
      const result = transformer.transform(path, options, text);
      if (isKept(config, path)) transformed.set(path, { text, result });
      return result;
    },
  });
}

module.exports = { readOnce, transformOnce };
