const { relative } = require('node:path');

// Jest provides the folder and its files: see `inOneRegistry` in jest.preset.cjs.
const { describe, specFolder, specFiles } = globalThis;

for (const file of specFiles) {
  // Top-level set-up of a file (hooks above all) applies to that file only.
  describe(relative(specFolder, file), () => void require(file));
}
