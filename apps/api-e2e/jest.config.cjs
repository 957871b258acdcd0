const { availableParallelism } = require('node:os');
const { mariadb, recipe, run } = require('../../jest.preset.cjs');

module.exports = {
  ...run,
  // Nx runs nothing beside these, and each waits a third of its time for servers, mails and locks.
  maxWorkers: availableParallelism() + 1,
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
