const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { default: startMariadb } = require('../../libs/testing/src/jest-global-setup.ts');

const ROOT = join(__dirname, '../..');

/** Builds the server when its sources changed, unless Nx has just done it, and starts the run's MariaDB. */
module.exports = async () => {
  if (!process.env.NX_TASK_TARGET_PROJECT)
    execFileSync(process.execPath, [require.resolve('nx/bin/nx.js'), 'build', 'api'], { cwd: ROOT });
  await startMariadb();
};
