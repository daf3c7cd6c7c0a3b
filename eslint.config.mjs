import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import jest from 'eslint-plugin-jest';
import { readdirSync } from 'node:fs';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const functionFolders = readdirSync(`${import.meta.dirname}/functions`, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['contract', 'domain', 'aws', 'edge'].includes(entry.name))
  .map((entry) => `functions/${entry.name}`);

/**
 * The dependency rule: what each folder may import, of our own files and of packages. Not listed is not allowed, so a
 * new edge in the picture is a line in this table. `awsTypes`: of `functions/aws` types only, because the stores are
 * built in `handler.ts` and handed on.
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
  ...functionFolders.map((folder) => ({
    folder,
    own: ['functions/domain', 'functions/contract', 'functions/edge', 'functions/aws'],
    awsTypes: true,
    packages: [
      'zod/mini',
      'node:*',
      '@middy/*',
      'aws-lambda',
      'ipaddr.js',
      'ulid',
      ...(folder === 'functions/mcp-server' ? ['@modelcontextprotocol/server'] : []),
    ],
  })),
  { folder: 'lib', own: ['functions/contract'], packages: ['zod/mini', 'node:*', 'aws-cdk-lib/*', 'constructs'] },
  { folder: 'local', own: ['functions/contract'] },
  { folder: 'local/seed', own: ['local', 'functions/contract', 'functions/domain', 'functions/aws'] },
  {
    folder: 'bin/operator',
    own: ['functions/contract', 'functions/domain', 'functions/aws', 'local/engine-addresses.ts'],
  },
  // What is counted and timed runs in the tests' own worlds: a second set would drift from them.
  { folder: 'bench', own: ['functions', 'local', 'bin', 'lib', 'test'] },
  // As somebody would write it who has the SDK and the table's shape, and none of our code.
  { folder: 'bench/bare', own: [], packages: ['node:*', '@aws-sdk/*'] },
  // The page is not a Lambda: of the functions it knows the shapes, and carries none of their code.
  { folder: 'dashboard', own: ['functions'], functionTypes: true },
  { folder: 'test/e2e', own: [] },
];

const nouns = ['tenant', 'workflow', 'endpoint', 'delivery', 'run', 'reconcile'];

/**
 * The rooms of a layer, in order of dependence: a room imports those before it and the floor, which is what lies in the
 * layer's own folder. `above` are files of that folder that may import every room, because they wire or list them.
 * `rules`: a store also knows only the rules of its own room and of those before it. A route may use any rule.
 */
const roomOrders = [
  { layer: 'functions/domain', rooms: nouns, above: [] },
  { layer: 'functions/aws', rooms: nouns, above: [], rules: true },
  { layer: 'functions/edge', rooms: ['http', 'log', 'access'], above: ['http-chain.ts'] },
  { layer: 'functions/rest-api', rooms: [...nouns, 'api'], above: ['handler.ts', 'routes.ts'] },
  {
    layer: 'lib',
    rooms: ['run', 'dashboard', 'watch'],
    above: ['mcp-server.ts', 'recovery.ts', 'rest-api.ts', 'workflows-stack.ts'],
  },
  { layer: 'bin/operator', rooms: ['terminal', 'deployment', 'command', ...nouns], above: ['run-operator.ts'] },
  {
    layer: 'dashboard/src',
    rooms: ['api', 'session', 'parts', 'workflow', 'endpoint', 'delivery', 'run-now', 'run', 'pages', 'app'],
    above: ['main.tsx'],
  },
];

const awsValues = {
  regex: String.raw`^(\.\./)+aws/`,
  allowTypeImports: true,
  message: 'Only handler.ts builds stores; take them as arguments and import their types.',
};
const functionValues = {
  regex: String.raw`^(\.\./)+functions/`,
  allowTypeImports: true,
  message: 'The dashboard takes types only: a value would bring zod and the rules behind it into the page.',
};
const wholeZod = {
  regex: '^zod$',
  message: "Import * as z from 'zod/mini': the whole of zod costs 40 ms of a cold start.",
};

function packagesOtherThan(packages) {
  const names = packages.map((name) => name.replaceAll('.', String.raw`\.`).replace(/\/?\*$/, '.*')).join('|');
  return {
    regex: String.raw`^(?!\.{1,2}/|(?:${names})$)`,
    message: `This folder imports no packages but ${packages.join(', ')}.`,
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

/** What the rooms of a layer may not import, as zones of `no-restricted-paths`. */
function roomZones({ layer, rooms, above, rules = false }) {
  const floor = filesIn(layer).filter((name) => !above.includes(name));
  return [
    {
      target: floor.map((name) => `${layer}/${name}`),
      from: layer,
      except: floor,
      message: `The floor of ${layer} imports none of its rooms.`,
    },
    ...rooms.flatMap((room, index) => {
      const usable = rooms.slice(0, index + 1);
      const message = `The room ${room} of ${layer} imports ${usable.join(', ')} and the floor.`;
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
    message: `${folder} imports itself${own.map((name) => `, ${name}`).join('')}; nothing else of ours.`,
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
  { selector: 'TSEnumDeclaration', message: 'Write a const array or object and derive the union from it.' },
  { selector: 'ExportAllDeclaration', message: 'Import the file itself: barrels hide where things are.' },
];

// Also out of sight of no-restricted-imports.
const lateImport = { selector: 'ImportExpression', message: 'A bundle is one file: import statically.' };

export default defineConfig([
  globalIgnores(['cdk.out', '.build', '.local', 'coverage', 'dashboard/dist']),
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
          message: 'Read once in handler.ts, through environmentSchemas; take it as an argument.',
        },
      ],
    },
  },
  {
    files: ['functions/*/handler.ts', 'functions/aws/environment-credentials.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  // Baselines check nothing of what they are sent: that is what they are for.
  {
    files: ['bench/bare/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-argument': 'off' },
  },
  {
    files: ['functions/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...bannedSyntax, lateImport] },
  },
  ...dependencyRule,
  { files: ['dashboard/src/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['test/**/*.ts'],
    extends: [jest.configs['flat/recommended']],
    rules: {
      'jest/expect-expect': 'off',
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
  // Suites that share one stack are put together in a test file.
  { files: ['test/browser/*.ts'], ignores: ['**/*.test.ts'], rules: { 'jest/no-export': 'off' } },
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
