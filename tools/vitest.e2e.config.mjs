export default {
  test: { include: ['**/*.e2e.spec.mjs'], testTimeout: 600_000, hookTimeout: 600_000 },
};
