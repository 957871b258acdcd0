import type { DataSubject } from '@portillon/persistence';
import { describeOnEveryEngine } from '@portillon/testing';
import { myAccountPersistence } from '../my-account.persistence';
import {
  ListPreferenceEntity,
  ListPreferencePersonalData,
  ListPreferenceRepository,
} from './list-preference.repository';

describeOnEveryEngine('the lists as a person likes them', [myAccountPersistence], (engine) => {
  const view = { name: 'Refus', query: 'outcome=FAILURE&period=7' };

  it('are kept of each person and list, replaced as a whole, and forgotten with the account', async () => {
    const lists = new ListPreferenceRepository(engine.dataSource.getRepository(ListPreferenceEntity));
    expect(await lists.findByList('claire', 'journal')).toEqual({ views: [], columns: [] });
    await lists.save('claire', 'journal', { views: [view], columns: [] });
    await lists.save('claire', 'accounts', { views: [], columns: ['email'] });
    await lists.save('paul', 'journal', { views: [view, { ...view, name: 'Autre' }], columns: [] });
    await lists.save('claire', 'journal', { views: [{ ...view, name: 'Nuit' }], columns: [] });
    expect((await lists.findByList('claire', 'journal')).views).toEqual([{ ...view, name: 'Nuit' }]);
    expect(await lists.findByAccount('claire')).toEqual([
      { list: 'accounts', views: [], columns: ['email'] },
      { list: 'journal', views: [{ ...view, name: 'Nuit' }], columns: [] },
    ]);
    const data = new ListPreferencePersonalData(lists);
    const claire = { id: 'claire' } as DataSubject;
    expect((await data.export(claire)).lists).toHaveLength(2);
    await engine.transactions.run((tx) => data.erase(claire, tx));
    expect(await lists.findByAccount('claire')).toEqual([]);
    expect(await lists.findByAccount('paul')).toHaveLength(1);
  });
});
