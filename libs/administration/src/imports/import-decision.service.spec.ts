import type { AccountImport, AccountImportService, ImportMode, ImportState } from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '@portillon/user-management';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { importJob } from '../testing/import.fixture';
import type { AdministeredImportService } from './administered-import.service';
import { ImportDecisionService } from './import-decision.service';

function decisions(job: AccountImport) {
  const steps = new Steps();
  const journalled: JournalAct[] = [];
  const started: [ImportMode, ImportState][] = [];
  const moves: [readonly ImportState[], ImportState][] = [];
  const service = new ImportDecisionService(
    steps.transactions,
    steps.of<AdministeredImportService>('administered', { get: async () => job }),
    steps.of<AccountImportService>('imports', {
      start: async (_, mode, to) => {
        started.push([mode, to]);
        return true;
      },
      move: async (_, from, to) => {
        moves.push([from, to]);
        return true;
      },
    }),
    steps.of<ActJournalService>('journal', { record: async (_, act) => void journalled.push(act) }),
  );
  return { journalled, started, moves, service };
}

describe('a decision about an import', () => {
  it('starts it after its dry run with its line of the journal', async () => {
    const { journalled, started, service } = decisions(importJob());
    await service.start(OF_HOSPITAL, 'import');
    expect(started).toEqual([['ALL_OR_NONE', 'CREATING']]);
    expect(journalled).toEqual([
      { name: 'user_import_started', data: { import: 'import', mode: 'ALL_OR_NONE' } },
    ]);
  });

  it('takes the good lines alone when that is wanted after the check', async () => {
    const lines = { ...importJob().lines, BAD: 3 };
    const { started, service } = decisions(importJob({ lines }));
    await service.start(OF_HOSPITAL, 'import', 'GOOD_LINES');
    expect(started).toEqual([['GOOD_LINES', 'CREATING']]);
  });

  it('takes it back as long as no invitation can have left', async () => {
    const { moves, journalled, service } = decisions(importJob());
    await service.undo(OF_HOSPITAL, 'import');
    expect(moves).toEqual([[['CHECKING', 'CHECKED', 'CREATING'], 'UNDOING']]);
    expect(journalled).toMatchObject([{ name: 'user_import_undone' }]);
  });
});
