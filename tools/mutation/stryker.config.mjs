import mutated from './mutated.cjs';

export default {
  mutate: mutated.MUTATED,
  testRunner: 'jest',
  // Its only test file requires the specs, so Jest cannot find the related ones.
  jest: { configFile: 'tools/mutation/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // A constant is read once, when its module is loaded: each such mutant would need a separate process.
  ignoreStatic: true,
  tempDirName: 'tmp/stryker',
  // A spec reads the guides for proxies.
  ignorePatterns: ['/apps', '/docs/*', '!/docs/guide', '/docker', '/data', 'dist', '/tmp'],
  // On a busy machine a timeout proves nothing about a mutant.
  timeoutMS: 60_000,
  reporters: ['progress', 'clear-text', 'html', 'json'],
  htmlReporter: { fileName: 'tmp/mutation/report.html' },
  jsonReporter: { fileName: 'tmp/mutation/report.json' },
  thresholds: { high: 90, low: 80, break: 85 },
};
