export default {
  test: {
    include: ['**/*.e2e.spec.mjs'],
    globalSetup: 'checks/packages.setup.mjs',
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
};
