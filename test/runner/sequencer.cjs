const { default: Sequencer } = require('@jest/test-sequencer');
const { join } = require('node:path');

/** Files that mostly wait, for a process to start, a delay of a run, a time limit or a browser: the longest first. */
const waiting = [
  'browser/running/starting',
  'e2e/mcp/tools',
  'e2e/webhooks',
  'e2e/seldom',
  'deliver-webhook/responses',
  'local/start',
  'e2e/spring-promo',
  'e2e/sign-in',
].map((file) => join(__dirname, '..', `${file}.test.ts`));

/** How many other files begin between two that wait, so that one has mostly ended when the next begins. */
const between = 12;

/**
 * Begins early with the files that wait, but with one after the other, while the rest keeps the processors busy. Jest would
 * begin with all of them at once, or on a machine that has never run the tests with the largest files.
 */
module.exports = class OneWaits extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const waits = waiting.flatMap((file) => sorted.filter(({ path }) => path === file));
    const others = sorted.filter((one) => !waits.includes(one));
    const ordered = waits.flatMap((one, index) => [one, ...others.slice(index * between, (index + 1) * between)]);
    return [...ordered, ...others.slice(waits.length * between)];
  }
};

module.exports.waiting = waiting;
