import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { useListKeys } from './list-keys';

const LIST = `<h1 tabindex="-1"></h1><input />
  <table><tbody><tr><th scope="row"><a href="#a">a</a></th><td><button>act</button></td></tr></tbody>
  <tbody><tr><th scope="row"><button>b</button></th></tr></tbody></table>`;
let page: ReturnType<typeof mount>;

beforeEach(() => {
  const setup = () => useListKeys();
  page = mount({ setup, template: `<main>${LIST}</main>` }, { attachTo: document.body });
});
afterEach(() => page.unmount());

const focus = (selector: string) => page.get<HTMLElement>(selector).element.focus();
function press(key: string, more: KeyboardEventInit = {}) {
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  return document.activeElement!.textContent;
}

it('moves between the rows, from the heading or from anything in a row, and stays at the ends', () => {
  focus('h1');
  expect(press('j')).toBe('a');
  expect(press('j')).toBe('b');
  expect(press('j')).toBe('b');
  expect(press('k')).toBe('a');
  focus('td button');
  expect(press('j')).toBe('b');
});

it('leaves the keys to what is typed, and to the browser', () => {
  focus('input');
  expect(press('j')).toBe('');
  focus('h1');
  expect(press('j', { ctrlKey: true })).toBe('');
});
