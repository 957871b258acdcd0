import { describe, expect, it } from 'vitest';
import { useJournalViews } from './journal-views';

const KEY = 'portillon.journal.views';

describe('the views of the journal', () => {
  it('are kept in the browser, one a name, until they are removed', () => {
    const { save, remove } = useJournalViews();
    save({ name: 'Nuit', query: { period: '1' } });
    save({ name: 'Refus', query: { outcome: 'FAILURE' } });
    save({ name: 'Nuit', query: { period: '7' } });
    expect(useJournalViews().views.value).toEqual([
      { name: 'Refus', query: { outcome: 'FAILURE' } },
      { name: 'Nuit', query: { period: '7' } },
    ]);
    remove('Refus');
    expect(useJournalViews().views.value.map(({ name }) => name)).toEqual(['Nuit']);
  });

  it.each(['{', '{"name":"x"}', '[null,{"name":"x"},3]'])(
    'are none where something else stands: %s',
    (kept) => {
      localStorage.setItem(KEY, kept);
      expect(useJournalViews().views.value).toEqual([]);
    },
  );
});
