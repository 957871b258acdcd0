export default {
  test: {
    include: ['**/*.spec.mjs'],
    exclude: ['**/*.e2e.spec.mjs', '**/node_modules/**'],
    // By default Vitest leaves one core free, which is half of a machine with two.
    maxWorkers: '100%',
    // Time for the first file of a linter on a busy machine.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
};
