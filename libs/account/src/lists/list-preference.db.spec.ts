import { describeOnEveryEngine } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import { ListPreferenceEntity } from './list-preference.entity';
import { ListPreferenceRepository } from './list-preference.repository';
import { ListPreferenceService } from './list-preference.service';

describeOnEveryEngine('the lists as a person likes them', [accountPersistence], (bench) => {
  const view = { name: 'Refus', query: 'outcome=FAILURE&period=7' };

  it('are kept of each person and list, replaced as a whole, and forgotten with the account', async () => {
    const rows = new ListPreferenceRepository(bench.dataSource.getRepository(ListPreferenceEntity));
    const lists = new ListPreferenceService(rows);
    expect(await lists.get('claire', 'journal')).toEqual({ views: [], columns: [] });
    await lists.set('claire', 'journal', { views: [view], columns: [] });
    await lists.set('claire', 'accounts', { views: [], columns: ['email'] });
    await lists.set('paul', 'journal', { views: [view, { ...view, name: 'Autre' }], columns: [] });
    await lists.set('claire', 'journal', { views: [{ ...view, name: 'Nuit' }], columns: [] });
    expect((await lists.get('claire', 'journal')).views).toEqual([{ ...view, name: 'Nuit' }]);
    expect(await lists.all('claire')).toEqual([
      { list: 'accounts', views: [], columns: ['email'] },
      { list: 'journal', views: [{ ...view, name: 'Nuit' }], columns: [] },
    ]);
    await bench.transactions.run((tx) => rows.deleteOf('claire', tx));
    expect(await lists.all('claire')).toEqual([]);
    expect(await lists.all('paul')).toHaveLength(1);
  });
});
