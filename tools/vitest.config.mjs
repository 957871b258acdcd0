export default {
  test: {
    include: ['**/*.spec.mjs'],
    exclude: ['**/*.e2e.spec.mjs', '**/node_modules/**'],
    // By default Vitest leaves a core free: half of a machine that has two.
    maxWorkers: '100%',
    // A linter's first file, on a machine whose other core is busy.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
};
