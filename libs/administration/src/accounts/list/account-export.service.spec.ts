import type { Account, AccountPage } from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { AccountLocksService, ActJournalService } from '@portillon/user-management';
import { claire, OF_HOSPITAL } from '@portillon/user-management/testing';
import { AccountExportService } from './account-export.service';
import type { AccountListService } from './account-list.service';

const person = (displayName: string) =>
  claire({ displayName, locale: 'fr', createdAt: new Date(0), lastSignedInAt: null });

function exports(...pages: AccountPage[]) {
  const steps = new Steps();
  const service = new AccountExportService(
    steps.of<AccountListService>('list', {
      page: async () => pages.shift()!,
    }),
    steps.of<AccountLocksService>('locks', {
      findLockedAmong: async (people) =>
        new Set(people.filter((one) => one.displayName === 'Locked').map(({ id }) => id)),
    }),
    steps.of<ActJournalService>('journal', { record: async () => undefined }),
  );
  return { open: (query = {}) => service.open(OF_HOSPITAL, query) };
}

describe('the export of accounts', () => {
  it('has French titles and words and the time of Paris for people, codes and UTC for machines', async () => {
    const at = new Date('2026-11-29T10:00:00.000Z');
    const summer: Account = {
      ...person('Claire'),
      givenName: 'Claire',
      lastSignedInAt: new Date('2026-07-01T22:30:05.000Z'),
      identity: { method: 'face-to-face', at },
      directory: { state: 'not-found', at },
    };
    const page = { items: [summer], nextCursor: null };
    const text = async (form?: string) =>
      (await (await exports(page).open({ form })).toArray()).join('').split('\r\n');
    const [titles, line] = await text('fr');
    expect(titles).toContain('"Identifiant";"Nom";"Adresse e-mail";"État";"Rôles"');
    expect(line).toContain('"Actif";"Professionnel"');
    expect(line).toMatch(
      /"02\/07\/2026 00:30:05";"non";"Face à face";"29\/11\/2026 11:00:00";"29\/11\/2029 11:00:00";"Inconnu"$/,
    );
    const [rawTitles, rawLine] = await text();
    expect(rawTitles).toContain('"username";"name";"email";"status";"role"');
    expect(rawLine).toMatch(
      /"ACTIVE";"professional".*"2026-07-01T22:30:05.000Z";"false";"face-to-face";.*;"not-found";"Claire";$/,
    );
    await expect(text('xml')).rejects.toMatchObject({ code: 'validation.failed' });
  });

  it('says who is locked', async () => {
    const page = { items: [person('Locked')], nextCursor: null };
    const lockCells = async (form: string) =>
      (await (await exports(page).open({ form })).toArray())
        .join('')
        .trim()
        .split('\r\n')
        .map((line) => line.split(';').at(10));
    expect(await lockCells('fr')).toEqual(['"Blocage"', '"Bloqué"']);
    expect(await lockCells('raw')).toEqual(['"locked"', '"true"']);
  });
});
