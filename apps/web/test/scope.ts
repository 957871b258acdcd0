import { effectScope } from 'vue';
import { onTestFinished } from 'vitest';

/** Runs a composable as a component would, and ends it with the test. */
export function inScope<Result>(use: () => Result): Result {
  const scope = effectScope();
  onTestFinished(() => scope.stop());
  return scope.run(use)!;
}
