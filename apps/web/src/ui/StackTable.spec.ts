import { mount } from '@vue/test-utils';
import { afterEach, expect, it } from 'vitest';
import { setLocale } from '../locales';
import StackTable from './StackTable.vue';

afterEach(() => setLocale('fr'));

/** What a phone shows before each value but the first. */
function names() {
  const columns = [
    { key: 'device', text: 'Appareil' },
    { key: 'when', text: 'Quand' },
    { key: 'act', text: 'Action', bare: true },
  ];
  const wrapper = mount(StackTable, { props: { caption: 'Sessions', columns, rows: [{ id: '1' }] } });
  return wrapper.findAll('td').map((cell) => cell.text());
}

it('names each value on a phone as the language writes it, but for a column whose values need no name', async () => {
  expect(names()).toEqual(['Quand\u00a0:', '']);
  await setLocale('en');
  expect(names()).toEqual(['Quand:', '']);
});
