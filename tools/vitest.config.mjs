export default {
  test: {
    include: ['**/*.spec.mjs'],
    exclude: ['**/*.e2e.spec.mjs', '**/node_modules/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};
