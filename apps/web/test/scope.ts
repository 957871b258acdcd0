import { mount } from '@vue/test-utils';
import { onTestFinished } from 'vitest';

/** Runs a composable in a component that ends with the test. */
export function inScope<Result>(use: () => Result): Result {
  let result: Result;
  const wrapper = mount({
    setup() {
      result = use();
      return () => null;
    },
  });
  onTestFinished(() => wrapper.unmount());
  return result!;
}
