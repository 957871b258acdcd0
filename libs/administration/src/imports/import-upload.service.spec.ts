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
  it('that cannot be read to its end is abandoned, and no import has started', async () => {
    const { steps, journalled, upload } = uploads();
    const good = Array.from({ length: 5_000 }, (_, index) => `a${index};a@hopital.example;A`);
    await expect(upload(file(...good, 'x'.repeat(10_000)))).rejects.toMatchObject({
      code: 'validation.failed',
    });
    expect(steps.taken.at(-1)).toBe('ABANDONED 0');
    expect(journalled).toEqual([]);
  });
});
