import { Readable } from 'node:stream';
import type { AccountImportService } from '@portillon/account';
import type { ActJournalService } from '@portillon/user-management';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { importJob } from '../testing/import.fixture';
import { ImportUploadService } from './import-upload.service';

const HEADER = 'identifiant;email;nom\r\n';
const ORDER = { mode: 'ALL_OR_NONE', whenInterrupted: 'RESUME', dryRun: true } as const;

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
  const service = new ImportUploadService(
    imports as unknown as AccountImportService,
    { record: async () => undefined } as unknown as ActJournalService,
  );
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
