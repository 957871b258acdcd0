import { internal, persistencePart, PersistencePart, personal, table } from '@portillon/persistence';
import { CreateWeeklyMail1764800000001 } from './migrations/1764800000001-create-weekly-mail';
import { WeeklyMailEntity, WeeklyMailPersonalData } from './weekly-mail/weekly-mail.repository';

/** The table of this library, for `PersistenceModule.forRoot({ parts })`. */
export const administrationPersistence: PersistencePart = persistencePart({
  tables: [
    table(WeeklyMailEntity, {
      purpose: 'Administrators who chose a mail each Monday, and when theirs is due.',
      kept: 'until the person chooses otherwise, or administers nothing',
      afterRestore: 'kept',
      columns: [personal('account.weeklyMail', 'accountId'), internal('dueAt')],
    }),
  ],
  migrations: [CreateWeeklyMail1764800000001],
  personalData: WeeklyMailPersonalData,
});
