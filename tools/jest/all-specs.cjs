const { relative } = require('node:path');

// Jest hands the folder and its files over: see `inOneRegistry` in jest.preset.cjs.
const { describe, specFolder, specFiles } = globalThis;

for (const file of specFiles) {
  // What a file sets up at its top (hooks above all) stays its own.
  describe(relative(specFolder, file), () => void require(file));
}
