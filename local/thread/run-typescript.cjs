// The first file of a thread. A thread gets Node's options from the process, but not always the loader of TypeScript.
const { workerData } = require('node:worker_threads');
require('tsx/cjs');

require(workerData);
