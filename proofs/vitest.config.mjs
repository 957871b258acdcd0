export default {
  test: {
    include: ['proofs/workspace/*.spec.mjs'],
    globalSetup: 'tools/checks/packages.setup.mjs',
    // Each spec uses the whole machine: servers, databases, linters.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
};
