import { describe, expect, it } from 'vitest';
import { useSavedViews } from './saved-views';

const KEY = 'portillon.journal.views';

describe('the views of a list', () => {
  it('are kept in the browser, one a name, until they are removed', () => {
    const { save, remove } = useSavedViews('journal');
    save({ name: 'Nuit', query: { period: '1' } });
    save({ name: 'Refus', query: { outcome: 'FAILURE' } });
    save({ name: 'Nuit', query: { period: '7' } });
    expect(useSavedViews('accounts').views.value).toEqual([]);
    expect(useSavedViews('journal').views.value).toEqual([
      { name: 'Refus', query: { outcome: 'FAILURE' } },
      { name: 'Nuit', query: { period: '7' } },
    ]);
    remove('Refus');
    expect(useSavedViews('journal').views.value.map(({ name }) => name)).toEqual(['Nuit']);
  });

  it.each(['{', '{"name":"x"}', '[null,{"name":"x"},3]'])(
    'are none where something else stands: %s',
    (kept) => {
      localStorage.setItem(KEY, kept);
      expect(useSavedViews('journal').views.value).toEqual([]);
    },
  );
});
