import { PiniaColada } from '@pinia/colada';
import { flushPromises, mount } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import * as api from '../../../api/administration.api';
import { useOwnList } from './own-list';

vi.mock('../../../api/administration.api');

function open() {
  let list!: ReturnType<typeof useOwnList>;
  const page = defineComponent({ setup: () => ((list = useOwnList('journal')), () => null) });
  mount(page, { global: { plugins: [createPinia(), PiniaColada] } });
  return list;
}

beforeEach(() => {
  const views = [{ name: 'Nuit', query: 'period=1' }];
  vi.mocked(api.getOwnList).mockResolvedValue({ views, columns: [] });
  vi.mocked(api.setOwnList)
    .mockReset()
    .mockImplementation(async (_, kept) => kept);
});

it('keeps the views of a list in the account, one a name, until they are removed', async () => {
  const list = open();
  await flushPromises();
  await list.save({ name: 'Refus', query: { outcome: 'FAILURE', period: '7' } });
  await list.save({ name: 'Nuit', query: { period: '30' } });
  expect(list.views.value).toEqual([
    { name: 'Refus', query: { outcome: 'FAILURE', period: '7' } },
    { name: 'Nuit', query: { period: '30' } },
  ]);
  expect(api.setOwnList).toHaveBeenLastCalledWith('journal', {
    views: [
      { name: 'Refus', query: 'outcome=FAILURE&period=7' },
      { name: 'Nuit', query: 'period=30' },
    ],
    columns: [],
  });
  await list.remove('Refus');
  expect(list.views.value.map(({ name }) => name)).toEqual(['Nuit']);
});

it('writes nothing over views that it could not read', async () => {
  vi.mocked(api.getOwnList).mockRejectedValue(new Error('offline'));
  const list = open();
  await flushPromises();
  await list.save({ name: 'Refus', query: {} });
  expect(api.setOwnList).not.toHaveBeenCalled();
});

it('deletes views that an earlier version stored in the browser', () => {
  localStorage.setItem('portillon.journal.views', '[{"name":"Collègue","query":{}}]');
  open();
  expect(localStorage.getItem('portillon.journal.views')).toBeNull();
});
