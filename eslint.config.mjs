import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import { readdirSync } from 'node:fs';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const functionFolders = readdirSync(`${import.meta.dirname}/functions`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['contract', 'domain', 'aws', 'edge', 'guard'].includes(entry.name))
  .map((entry) => `functions/${entry.name}`);

/**
 * The dependency rule: which of our own folders (`own`) and which packages each folder may import. Anything not listed
 * is refused, so every new dependency is a line in this table. With `awsTypes` a folder imports only types from
 * `functions/aws`, because `handler.ts` builds the stores and passes them on.
 */
const dependencies = [
  { folder: 'functions/contract', own: [], packages: ['zod/mini'] },
  {
    folder: 'functions/domain',
    own: ['functions/contract'],
    packages: ['zod/mini', 'node:crypto', 'node:zlib'],
  },
  {
    folder: 'functions/aws',
    own: ['functions/domain', 'functions/contract'],
    packages: ['zod/mini', 'node:*', '@aws-sdk/*', 'ulid'],
  },
  {
    folder: 'functions/edge',
    own: ['functions/domain', 'functions/contract', 'functions/aws'],
    awsTypes: true,
    packages: ['zod/mini', 'zod/v4/core', 'node:*', '@middy/*', 'jose', 'aws-lambda'],
  },
  // What judges and opens every connection to a host that somebody else named.
  { folder: 'functions/guard', own: ['functions/domain', 'functions/contract'], packages: ['node:*', 'ipaddr.js'] },
  ...functionFolders.map((folder) => ({
    folder,
    own: ['functions/domain', 'functions/contract', 'functions/edge', 'functions/aws', 'functions/guard'],
    awsTypes: true,
    packages: [
      'zod/mini',
      'node:*',
      '@middy/*',
      'aws-lambda',
      'ulid',
      ...(folder === 'functions/mcp-server' ? ['@modelcontextprotocol/server'] : []),
      ...(folder === 'functions/authorization-server' ? ['oidc-provider', 'oidc-provider/*', 'serverless-http'] : []),
    ],
  })),
  { folder: 'lib', own: ['functions/contract'], packages: ['zod/mini', 'node:*', 'aws-cdk-lib/*', 'constructs'] },
  { folder: 'local', own: ['functions/contract'] },
  { folder: 'local/seed', own: ['local', 'functions/contract', 'functions/domain', 'functions/aws'] },
  {
    folder: 'bin/operator',
    own: ['functions/contract', 'functions/domain', 'functions/aws', 'local/engine-addresses.ts'],
  },
  // The benchmarks reuse the local engines and fixtures of the tests, because a second set would drift from them.
  { folder: 'bench', own: ['functions', 'local', 'bin', 'lib', 'test'] },
  // The baselines are what a developer would write with the SDK and the table's keys alone, so they import none of our
  // code.
  { folder: 'bench/bare', own: [], packages: ['node:*', '@aws-sdk/*'] },
  // The dashboard runs in a browser: it imports the types of the functions' requests and responses, but no code.
  { folder: 'dashboard', own: ['functions'], functionTypes: true },
  { folder: 'dashboard/reference', own: [], packages: ['react', 'react-dom/client', 'redoc', 'mobx'] },
  { folder: 'test/e2e', own: [] },
];

const nouns = ['tenant', 'workflow', 'endpoint', 'delivery', 'run', 'reconcile'];

/**
 * The rooms of each layer in order of dependence. A layer is a folder such as `functions/domain`, and its rooms are the
 * folders in it, such as `tenant` or `run`. A room may import the rooms before it and the floor: the files that lie in
 * the layer's folder itself. `above` lists files of that folder that are not part of the floor and may import every
 * room, because they wire the rooms together. With `rules`, a room of the layer may also import from `functions/domain`
 * only its own room and those before it: a store knows no rule of a later noun, whereas a route may use any rule.
 */
const roomOrders = [
  { layer: 'functions/domain', rooms: nouns, above: [] },
  { layer: 'functions/aws', rooms: nouns, above: ['open-stores.ts'], rules: true },
  { layer: 'functions/edge', rooms: ['http', 'log', 'access'], above: ['http-chain.ts'] },
  { layer: 'functions/rest-api', rooms: [...nouns, 'api', 'document'], above: ['handler.ts', 'routes.ts'] },
  { layer: 'functions/mcp-server', rooms: ['tools'], above: ['handler.ts', 'mcp-server.ts'] },
  {
    layer: 'functions/authorization-server',
    rooms: ['client', 'library', 'page'],
    above: ['handler.ts', 'authorization-server.ts'],
  },
  {
    layer: 'lib',
    rooms: ['run', 'release', 'dashboard', 'watch'],
    above: ['authorization-server.ts', 'mcp-server.ts', 'recovery.ts', 'rest-api.ts', 'workflows-stack.ts'],
  },
  {
    layer: 'bin/operator',
    rooms: ['terminal', 'deployment', 'command', ...nouns, 'restore', 'access'],
    above: ['run-operator.ts'],
  },
  {
    layer: 'dashboard/src',
    rooms: ['api', 'session', 'parts', 'workflow', 'endpoint', 'delivery', 'run-now', 'run', 'pages', 'app'],
    above: ['main.tsx'],
  },
];

const awsValues = {
  regex: String.raw`^(\.\./)+aws/`,
  allowTypeImports: true,
  message: 'Only handler.ts opens stores: take a store as an argument and import its type.',
};
const functionValues = {
  // What judges the numbers of a JSON text imports nothing; a second copy of it in the page would drift from the API's.
  regex: String.raw`^(\.\./)+functions/(?!domain/(?:exact-number|inexact-places)$)`,
  allowTypeImports: true,
  message: 'The dashboard imports only types from functions: a value would pull zod and domain code into the page.',
};
const wholeZod = {
  regex: '^zod$',
  message: "Write import * as z from 'zod/mini': the full zod package adds 40 ms to a cold start.",
};

function packagesOtherThan(packages) {
  const names = packages.map((name) => name.replaceAll('.', String.raw`\.`).replace(/\/?\*$/, '.*')).join('|');
  return {
    regex: String.raw`^(?!\.{1,2}/|(?:${names})$)`,
    message: `This folder may import only these packages: ${packages.join(', ')}.`,
  };
}

function filesIn(layer) {
  return readdirSync(`${import.meta.dirname}/${layer}`, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}

function roomsOf(folder) {
  return roomOrders.filter(({ layer }) => layer === folder || layer.startsWith(`${folder}/`)).flatMap(roomZones);
}

/** The order of a layer's rooms as zones of the rule `no-restricted-paths`, each of which refuses some imports. */
function roomZones({ layer, rooms, above, rules = false }) {
  const floor = filesIn(layer).filter((name) => !above.includes(name));
  return [
    {
      target: floor.map((name) => `${layer}/${name}`),
      from: layer,
      except: floor,
      message: `Files directly in ${layer} may not import from its rooms (subfolders).`,
    },
    ...rooms.flatMap((room, index) => {
      const usable = rooms.slice(0, index + 1);
      const message = `${layer}/${room} may import only ${usable.join(', ')} and the files directly in ${layer}.`;
      const target = `${layer}/${room}`;
      const ofLayer = { target, from: layer, except: [...floor, ...usable], message };
      if (!rules) return [ofLayer];
      return [
        ofLayer,
        { target, from: 'functions/domain', except: [...filesIn('functions/domain'), ...usable], message },
      ];
    }),
  ].filter(({ target }) => target.length > 0);
}

const dependencyRule = dependencies.flatMap(({ folder, own, packages, awsTypes, functionTypes }) => {
  const files = [folder.endsWith('.ts') ? folder : `${folder}/**/*.{ts,tsx,mts}`];
  const onlyPackages = packages === undefined ? [] : [packagesOtherThan(packages)];
  const restrict = (...patterns) => ({
    '@typescript-eslint/no-restricted-imports': ['error', { patterns: [wholeZod, ...onlyPackages, ...patterns] }],
  });
  const zone = {
    target: folder,
    from: '.',
    except: ['node_modules', folder, ...own],
    message: `${folder} may import only these folders of the project: ${[folder, ...own].join(', ')}.`,
  };
  return [
    {
      files,
      rules: {
        'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones: [zone, ...roomsOf(folder)] }],
        ...restrict(...(awsTypes ? [awsValues] : []), ...(functionTypes ? [functionValues] : [])),
      },
    },
    ...(awsTypes ? [{ files: [`${folder}/handler.ts`], rules: restrict() }] : []),
  ];
});

const bannedSyntax = [
  { selector: 'TSEnumDeclaration', message: 'Instead of an enum, write a const array or object and derive a union.' },
  { selector: 'ExportAllDeclaration', message: 'Do not write barrels, which hide where things are: import each file.' },
];

// no-restricted-imports does not see import(), so a dynamic import would also bypass the dependency rule.
const lateImport = { selector: 'ImportExpression', message: 'Import statically: a bundle is one file.' };

export default defineConfig([
  // The last are programs on generated clients, which are there only while the judge compiles and runs them.
  globalIgnores([
    'cdk.out',
    '.build',
    '.local',
    '.judge',
    'coverage',
    'dashboard/dist',
    'test/judges/clients/programs',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js', '.json'] })] },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [wholeZod] }],
      'no-restricted-syntax': ['error', ...bannedSyntax],
    },
  },
  {
    files: ['functions/**/*.ts', 'lib/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only handler.ts reads the environment, through environmentSchemas: take the value as an argument.',
        },
      ],
    },
  },
  {
    files: ['functions/*/handler.ts', 'functions/aws/environment-credentials.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  // The baselines do not validate their input on purpose: they measure the least that a handler can do.
  {
    files: ['bench/bare/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-argument': 'off' },
  },
  {
    files: ['functions/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...bannedSyntax, lateImport] },
  },
  ...dependencyRule,
  { files: ['dashboard/{src,reference}/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/expect-expect': 'off',
      'jest/no-standalone-expect': ['error', { additionalTestBlockFunctions: ['localTest', 'localTest.each'] }],
      '@typescript-eslint/consistent-type-assertions': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  // These files export suites that one test file runs against the same stack, or the same table.
  {
    files: ['test/browser/**/*.ts', 'test/engines/contract/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'jest/no-export': 'off' },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: {
        __dirname: 'readonly',
        console: 'readonly',
        module: 'readonly',
        process: 'readonly',
        require: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
]);
