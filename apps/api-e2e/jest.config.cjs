module.exports = {
  ...require('../../jest.preset.cjs'),
  displayName: 'api-e2e',
  rootDir: __dirname,
  globalSetup: `${__dirname}/global-setup.cjs`,
  setupFilesAfterEnv: [`${__dirname}/src/harness/patience.cjs`],
};
