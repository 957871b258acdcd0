module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'api-client',
  rootDir: __dirname,
  // The generated files name each other as they will be once compiled.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};
