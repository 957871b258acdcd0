import { Readable } from 'node:stream';
import type { AccountImportService, ImportOrder } from '@portillon/account';
import { Steps } from '@portillon/testing';
import type { ActJournalService, JournalAct } from '../core/act-journal.service';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { importJob } from '../testing/import.fixture';
import { ImportUploadService } from './import-upload.service';

const ORDER = { mode: 'ALL_OR_NONE', whenInterrupted: 'RESUME', dryRun: true } as const;
const HEADER = 'identifiant;email;nom';

function uploads() {
  const steps = new Steps();
  const orders: ImportOrder[] = [];
  const kept: number[] = [];
  const journalled: JournalAct[] = [];
  const service = new ImportUploadService(
    steps.of<AccountImportService>('imports', {
      begin: async (order) => (orders.push(order), 'import'),
      add: async (_, lines) => void kept.push(...lines.map(({ line }) => line)),
      end: async (_, state, total) => void steps.taken.push(`${state} ${total}`),
      get: async () => importJob(),
    }),
    steps.of<ActJournalService>('journal', { record: async (_, act) => void journalled.push(act) }),
  );
  const upload = (body: unknown) => service.upload(OF_HOSPITAL, body, ORDER);
  return { steps, orders, kept, journalled, upload };
}
const file = (...lines: string[]) => Readable.from([Buffer.from([HEADER, ...lines].join('\n'))]);

describe('a file of accounts', () => {
  it('is kept line by line for the administrator’s own structure, then written down', async () => {
    const { steps, orders, kept, journalled, upload } = uploads();
    await upload(file('claire;claire@hopital.example;Claire', 'paul;paul@hopital.example;Paul'));
    expect(orders).toEqual([{ ...ORDER, actorId: 'hugo', structureId: 'hospital' }]);
    expect(kept).toEqual([2, 3]);
    const ended = ['imports.end', 'CHECKING 2', 'journal.record', 'imports.get'];
    expect(steps.taken).toEqual(['imports.begin', 'imports.add', ...ended]);
    const data = { import: 'import', ...ORDER };
    expect(journalled).toEqual([{ name: 'user_import_started', data }]);
  });

  it.each(['no;columns\n', '%PDF-1.7\n', ''])('that begins %j leaves no import', async (text) => {
    const { steps, journalled, upload } = uploads();
    await expect(upload(Readable.from([Buffer.from(text)]))).rejects.toMatchObject({
      code: 'validation.failed',
    });
    expect(steps.taken).toEqual([]);
    expect(journalled).toEqual([]);
  });

  it('that cannot be read to its end is abandoned, and no import has started', async () => {
    const { steps, journalled, upload } = uploads();
    const good = Array.from({ length: 5_000 }, (_, index) => `a${index};a@hopital.example;A`);
    await expect(upload(file(...good, 'x'.repeat(10_000)))).rejects.toMatchObject({
      code: 'validation.failed',
    });
    expect(steps.taken.at(-1)).toBe('ABANDONED 0');
    expect(journalled).toEqual([]);
  });

  it('of more than 16 MiB is not kept', async () => {
    const { steps, upload } = uploads();
    const piece = Buffer.alloc(1024 * 1024);
    await expect(upload(Readable.from(Array.from({ length: 17 }, () => piece)))).rejects.toMatchObject({
      code: 'body.too-large',
    });
    expect(steps.taken).toEqual([]);
  });

  it('comes as CSV', async () => {
    await expect(uploads().upload({ username: 'claire' })).rejects.toMatchObject({
      code: 'media-type.unsupported',
    });
  });
});
