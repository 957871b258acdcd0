const { specsOf } = require('../../jest.preset.cjs');

module.exports = specsOf(__dirname, {
  // The generated files name each other as they will be once compiled.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
});
