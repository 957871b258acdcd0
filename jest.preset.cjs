const { readdirSync } = require('node:fs');
const { basename, join } = require('node:path');

/**
 * One Jest recipe for every NestJS project of the house.
 * Nest 12 ships ES modules only and Jest on Node 20 cannot require them,
 * so swc turns those packages into CommonJS on the fly (docs/adr/0003).
 */
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
  swcrc: false,
};

/** Nx runs a project as a whole; a person who calls Jest names a file. */
const RUN_BY_NX = Boolean(process.env.NX_TASK_TARGET_PROJECT);

const recipe = {
  testEnvironment: 'node',
  testRegex: '\\.spec\\.ts$',
  // What is loaded later is named with the extension that it has once it is built: `import('./x.js')`.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json'],
  transform: { '^.+\\.[cm]?[tj]s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs/|@fastify/cookie/|cookie/|content-disposition/|openid-client/|oauth4webapi/|jose/|@noble/|@scure/))',
  ],
  testEnvironmentOptions: { customExportConditions: ['@portillon/source', 'node', 'node-addons'] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};

/** Starts one MariaDB for the run, and ends it. */
const mariadb = {
  globalSetup: join(__dirname, 'libs/testing/src/jest-global-setup.ts'),
  globalTeardown: join(__dirname, 'libs/testing/src/jest-global-teardown.ts'),
};

/** Of a whole run, not of one project in it. Nx runs several projects at once, each with its share of the cores. */
const run = {
  maxWorkers: RUN_BY_NX ? '50%' : '100%',
  // A shared machine may stand still for seconds.
  testTimeout: 20_000,
};

/** The specs in `folder`; `changes` apply to them all. */
function specsOf(folder, changes = {}) {
  const shared = { ...recipe, ...changes, displayName: basename(folder), rootDir: folder };
  return { ...run, projects: RUN_BY_NX ? [inOneRegistry(shared)] : fileByFile(shared) };
}

/**
 * Two Jest projects of one name: Jest runs the global setup of those alone that have a spec to run, so that only a
 * database spec starts MariaDB.
 */
function fileByFile(shared) {
  const unit = { ...shared, testRegex: '(?<!\\.db)\\.spec\\.ts$' };
  const database = { ...shared, ...mariadb, testRegex: '\\.db\\.spec\\.ts$' };
  return [unit, database];
}

/** The specs below a folder. */
function specFilesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => /\.spec\.ts$/.test(file) && !/(^|[\\/])(node_modules|dist)[\\/]/.test(file))
    .map((file) => join(folder, file))
    .sort();
}

/**
 * The specs as one test file that requires them. Jest gives each test file a module registry of its own, and loading
 * Nest, TypeORM and the libs into it takes seconds of processor time: nine tenths of what most specs cost.
 */
function inOneRegistry(shared, specFiles = specFilesIn(shared.rootDir)) {
  return {
    ...shared,
    ...(specFiles.some((file) => file.endsWith('.db.spec.ts')) ? mariadb : {}),
    globals: { specFolder: shared.rootDir, specFiles },
    roots: [shared.rootDir, join(__dirname, 'tools/jest')],
    testRegex: 'all-specs\\.cjs$',
  };
}

module.exports = { RUN_BY_NX, recipe, mariadb, run, inOneRegistry, specFilesIn, specsOf };
