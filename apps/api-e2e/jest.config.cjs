const { availableParallelism } = require('node:os');
const { inOneRegistry, mariadb, recipe, run, RUN_BY_NX } = require('../../jest.preset.cjs');

const specs = {
  ...recipe,
  ...mariadb,
  displayName: 'api-e2e',
  rootDir: __dirname,
  globalSetup: `${__dirname}/global-setup.cjs`,
  setupFilesAfterEnv: [`${__dirname}/src/harness/server/patience.cjs`],
};

/** The specs in `src/together` share a server, which takes two seconds of processor time to start, by being one file. */
const alone = { ...specs, testPathIgnorePatterns: [...recipe.testPathIgnorePatterns, '/src/together/'] };
const together = inOneRegistry({ ...specs, rootDir: `${__dirname}/src/together` });

module.exports = {
  ...run,
  // Nx runs nothing beside these, and each waits a third of its time for servers, mails and locks.
  maxWorkers: availableParallelism() + 1,
  testSequencer: `${__dirname}/longest-first.cjs`,
  projects: RUN_BY_NX ? [together, alone] : [specs],
};
