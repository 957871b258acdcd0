const { mariadb, recipe, run } = require('../../jest.preset.cjs');

module.exports = {
  ...run,
  // Nx runs nothing beside these.
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
