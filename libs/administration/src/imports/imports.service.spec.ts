import { Readable } from 'node:stream';
import type {
  AccountImport,
  AccountImportService,
  ImportLine,
  ImportMode,
  ImportState,
} from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { AccessRefusalService, ActJournalService, JournalAct } from '@portillon/user-management';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { importJob, importLine } from '../testing/import.fixture';
import type { ImportProblemTextService } from './import-problem-text.service';
import { ImportsService } from './imports.service';

const HEADER = 'identifiant;email;nom\r\n';
const ORDER = { mode: 'ALL_OR_NONE', whenInterrupted: 'RESUME', dryRun: true } as const;
const PAGE = 500;

function importsWith(imports: Partial<AccountImportService>) {
  const steps = new Steps();
  const journalled: JournalAct[] = [];
  const service = new ImportsService(
    steps.transactions,
    imports as AccountImportService,
    {} as AccessRefusalService,
    { for: () => () => '' } as unknown as ImportProblemTextService,
    steps.of<ActJournalService>('journal', { record: async (_, act) => void journalled.push(act) }),
  );
  return { service, journalled };
}

/** Uploads to a database that is slow until `store` is called. */
function uploading() {
  const done: string[] = [];
  let store!: () => void;
  let ended!: () => void;
  const over = new Promise<void>((resolve) => (ended = resolve));
  const slow = new Promise<void>((resolve) => (store = resolve));
  const imports = {
    begin: async () => (done.push('begin'), 'import'),
    get: async () => importJob({ state: 'READING' }),
    add: async (_: string, lines: unknown[]) => {
      await slow;
      done.push(`add ${lines.length}`);
    },
    end: async (_: string, state: string, total: number) => {
      done.push(`${state} ${total}`);
      ended();
    },
  };
  const { service } = importsWith(imports as unknown as AccountImportService);
  const upload = (text: string) => service.upload(OF_HOSPITAL, Readable.from([Buffer.from(text)]), ORDER);
  return { done, store, over, upload };
}

const line = (index: number) => `person.${index};person.${index}@hopital.example;Person\r\n`;

describe('the upload of a file of accounts', () => {
  it('is answered before its lines are stored, and stores all of them', async () => {
    const { done, store, over, upload } = uploading();
    const lines = Array.from({ length: 150 }, (_, index) => line(index));
    expect((await upload(HEADER + lines.join(''))).state).toBe('READING');
    expect(done).toEqual(['begin']);
    store();
    await over;
    expect(done).toEqual(['begin', 'add 100', 'add 50', 'CHECKING 150']);
  });

  it('starts no import when the last line cannot be read', async () => {
    const { done, upload } = uploading();
    const refused = upload(`${HEADER}${line(1)}person.2;"open`);
    await expect(refused).rejects.toMatchObject({ code: 'validation.failed' });
    expect(done).toEqual([]);
  });
});

function decisions(job: AccountImport) {
  const started: [ImportMode, ImportState][] = [];
  const moves: [readonly ImportState[], ImportState][] = [];
  const { service, journalled } = importsWith({
    get: async () => job,
    start: async (_, mode, to) => {
      started.push([mode, to]);
      return true;
    },
    move: async (_, from, to) => {
      moves.push([from, to]);
      return true;
    },
  });
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

/** The report of an import of so many lines. */
function report(count: number) {
  const lines: ImportLine[] = Array.from({ length: count }, (_, index) => importLine(index + 2));
  return importsWith({
    get: async () => importJob(),
    lines: async (_, { after = 0, limit }) => lines.filter(({ line }) => line > after).slice(0, limit),
  }).service;
}

describe('the report of an import', () => {
  it.each([0, 1, PAGE, PAGE + 1])('has a line for each of %i lines of the file', async (count) => {
    const text = (await (await report(count).report(OF_HOSPITAL, 'import')).toArray()).join('');
    expect(text.trim().split('\r\n')).toHaveLength(count + 1);
  });
});
