// middy, jose and a few of their dependencies ship ES modules only, so swc compiles those packages too.
const esModulePackages = [
  '@middy',
  'jose',
  'ulid',
  'aws-local-stepfunctions',
  'standardwebhooks',
  'nanoid',
  'fauxqs',
  'oidc-provider',
  '@seriousme',
];

// Known and pinned (package-lock.json); otherwise printed once for each test file. Workers inherit it.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  testEnvironment: 'node',
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModulePackages.join('|')})/)`],
  // Published for `import` only, which jest turns into `require`.
  moduleNameMapper: { '^fauxqs$': '<rootDir>/node_modules/fauxqs/dist/app.js' },
  maxWorkers: 2,
  globalSetup: '<rootDir>/test/browser/begin-build.ts',
  globalTeardown: '<rootDir>/test/browser/end-build.ts',
  // Real engines on a busy machine are slow, not wrong; a test that hangs still ends.
  testTimeout: 60_000,
};
