import type { AccountPage } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Steps } from '@portillon/testing';
import type { ActJournalService } from '../act-journal.service';
import { claire, OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountExportService } from './account-export.service';
import type { AccountListService } from './account-list.service';

const person = (displayName: string) =>
  claire({ displayName, locale: 'fr', createdAt: new Date(0), lastSignedInAt: null });

function exports(...pages: AccountPage[]) {
  const steps = new Steps();
  const service = new AccountExportService(
    steps.of<AccountListService>('list', {
      page: async () => {
        const page = pages.shift();
        if (!page) throw new AppError('not-found');
        return page;
      },
    }),
    steps.of<ActJournalService>('journal', { record: async () => undefined }),
  );
  return { steps, open: () => service.open(OF_HOSPITAL, {}) };
}

describe('the export of accounts', () => {
  it('is in the journal before its first line is given, and reads page by page', async () => {
    const { steps, open } = exports(
      { items: [person('Claire')], nextCursor: 'next' },
      { items: [person('Paul')], nextCursor: null },
    );
    const text = (await (await open()).toArray()).join('');
    expect(steps.taken).toEqual(['list.page', 'journal.record', 'list.page']);
    expect(text.trim().split('\r\n')).toHaveLength(3);
  });

  it('has no cell that a spreadsheet takes for a formula', async () => {
    const { open } = exports({ items: [person('=1+1')], nextCursor: null });
    expect((await (await open()).toArray()).join('')).toContain(`"'=1+1"`);
  });

  it('of a structure out of reach is no export', async () => {
    const { steps, open } = exports();
    await expect(open()).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken).toEqual(['list.page']);
  });
});
