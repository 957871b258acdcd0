const { execFileSync } = require('node:child_process');
const { join } = require('node:path');
const { default: startMariadb } = require('../../libs/testing/src/jest-global-setup.ts');

/** Builds the server when its sources changed, and starts the run's MariaDB. */
module.exports = async () => {
  execFileSync(process.execPath, [join(__dirname, '../../tools/build.mjs'), 'api', '--if-changed']);
  await startMariadb();
};
