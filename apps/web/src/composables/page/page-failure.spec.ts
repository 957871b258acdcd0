// @vitest-environment node
import { afterEach, expect, it, vi } from 'vitest';
import { failNavigation, failPage, forgetUnreachedPage, pageFailure } from './page-failure';

afterEach(() => (pageFailure.value = null));

it.each([
  [
    'Failed to fetch dynamically imported module: https://portillon.example/assets/HomePage-x.js',
    'unreachable',
  ],
  [
    'error loading dynamically imported module: https://portillon.example/assets/HomePage-x.js',
    'unreachable',
  ],
  ['Importing a module script failed.', 'unreachable'],
  ['Cannot read properties of undefined', 'unexpected'],
])('says of %j that the page is %s', (message, said) => {
  vi.spyOn(console, 'error').mockReturnValue();
  failPage(new TypeError(message));
  expect(pageFailure.value).toEqual({ kind: said });
});

it('names the page that failed to load, until another page opens', () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const failure = new TypeError('Importing a module script failed.');
  failNavigation(failure, { fullPath: '/administration/journal' });
  failPage(failure);
  expect(pageFailure.value).toEqual({ kind: 'unreachable', page: '/administration/journal' });
  forgetUnreachedPage();
  expect(pageFailure.value).toBeNull();
});
