const { relative } = require('node:path');

// Provided by Jest: see jest.config.cjs and environment.cjs.
const { describe, askedTests, specFolder, specFiles } = globalThis;

// Stryker requests tests by name, and each name begins with its file: no other file is loaded.
for (const file of specFiles) {
  const name = relative(specFolder, file);
  if (!askedTests || askedTests.includes(`(${name} `)) describe(name, () => void require(file));
}
