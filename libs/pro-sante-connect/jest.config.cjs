module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'pro-sante-connect',
  rootDir: __dirname,
};
