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

module.exports = {
  testEnvironment: 'node',
  testRegex: '\\.spec\\.ts$',
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json'],
  transform: { '^.+\\.[cm]?[tj]s$': ['@swc/jest', swc] },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs/|@fastify/cookie/|cookie/|content-disposition/|openid-client/|oauth4webapi/|jose/))',
  ],
  testEnvironmentOptions: { customExportConditions: ['@portillon/source', 'node', 'node-addons'] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  globalSetup: `${__dirname}/libs/testing/src/jest-global-setup.ts`,
  globalTeardown: `${__dirname}/libs/testing/src/jest-global-teardown.ts`,
};
