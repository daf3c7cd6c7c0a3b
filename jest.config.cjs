// These packages ship ES modules only, so swc compiles them too.
const esModulePackages = [
  '@middy',
  'jose',
  'ulid',
  'standardwebhooks',
  'nanoid',
  'fauxqs',
  'oidc-provider',
  '@seriousme',
];

// Turns off the AWS SDK's warning that it will drop old Node versions. Our version of the SDK is pinned in
// package-lock.json, and the warning would be printed once for each test file. Jest's workers inherit the variable.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  runtime: '<rootDir>/test/runner/runtime.cjs',
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulePackages.join('|')})/)`],
  // fauxqs declares an entry point for `import` only, and jest turns `import` into `require`, which would not find it.
  moduleNameMapper: { '^fauxqs$': '<rootDir>/node_modules/fauxqs/dist/app.js' },
  testSequencer: '<rootDir>/test/runner/sequencer.cjs',
  // One more than a small machine has processors, because some files mostly wait.
  maxWorkers: 3,
  globalSetup: '<rootDir>/test/support/before-tests.ts',
  globalTeardown: '<rootDir>/test/support/after-tests.ts',
  // Generous, because the real engines are slow on a busy machine, which is no failure. A test that hangs still ends.
  testTimeout: 60_000,
};
