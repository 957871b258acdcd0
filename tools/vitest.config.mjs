export default {
  test: {
    include: ['*.spec.mjs', '{checks,lint,workspace}/**/*.spec.mjs'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};
