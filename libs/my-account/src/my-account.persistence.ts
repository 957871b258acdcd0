import { persistencePart, PersistencePart, personal, table } from '@portillon/persistence';
import { ListPreferenceEntity, ListPreferencePersonalData } from './lists/list-preference.repository';
import { CreateListPreference1764300005002 } from './migrations/1764300005002-create-list-preference';

/** The table of this library, for `PersistenceModule.forRoot({ parts })`. */
export const myAccountPersistence: PersistencePart = persistencePart({
  tables: [
    table(ListPreferenceEntity, {
      purpose: 'How a person likes to see a list.',
      kept: 'with the account',
      afterRestore: 'kept',
      columns: [personal('account.listPreference', 'accountId list preference')],
    }),
  ],
  migrations: [CreateListPreference1764300005002],
  personalData: ListPreferencePersonalData,
});
