export default {
  test: {
    include: ['proofs/workspace/*.spec.mjs'],
    globalSetup: 'tools/checks/packages.setup.mjs',
    // Each takes a machine of its own: servers, databases, linters.
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
};
