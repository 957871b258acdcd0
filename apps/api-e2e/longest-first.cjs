const { statSync } = require('node:fs');
const { basename } = require('node:path');

/** What takes longest though others are larger: a worker that began with it at the end would work on alone. */
const LONGEST = [
  'all-specs.cjs',
  'command-line.spec.ts',
  'admin-import.spec.ts',
  'hostile-input.spec.ts',
  'settings.spec.ts',
  'rolling-restart.spec.ts',
  'factor-races.spec.ts',
  'key-rotation.spec.ts',
  'removed-rights.spec.ts',
  'two-servers.spec.ts',
  'busy-morning.spec.ts',
];

/** The order of the spec files: in CI, where Jest never saw how long they take, it would go by their size alone. */
module.exports = class LongestFirst {
  sort(tests) {
    return [...tests].sort((one, other) => rank(one) - rank(other) || size(other) - size(one));
  }

  cacheResults() {}
};

function rank({ path }) {
  const place = LONGEST.indexOf(basename(path));
  return place === -1 ? LONGEST.length : place;
}

function size({ path }) {
  return statSync(path).size;
}
