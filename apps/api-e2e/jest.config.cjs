const { mariadb, recipe, run } = require('../../jest.preset.cjs');

module.exports = {
  ...run,
  // They wait for servers more than they compute.
  maxWorkers: '100%',
  projects: [
    {
      ...recipe,
      ...mariadb,
      displayName: 'api-e2e',
      rootDir: __dirname,
      globalSetup: `${__dirname}/global-setup.cjs`,
      setupFilesAfterEnv: [`${__dirname}/src/harness/patience.cjs`],
    },
  ],
};
