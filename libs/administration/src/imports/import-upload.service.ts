import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { AccountImport, AccountImportService, ImportOrder } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { CsvLine, readCsv } from './csv-reader';

/** 100,000 lines of 160 bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Lines kept in one statement, and how long the others have the server and the database before the next. */
const BATCH = 100;
const PAUSE_MS = 5;

/** A file of accounts: read into the database, worked off from there by whichever instance has time. */
@Injectable()
export class ImportUploadService {
  readonly #logger = new Logger('Imports');

  constructor(
    private readonly imports: AccountImportService,
    private readonly journal: ActJournalService,
  ) {}

  /**
   * Checks the form of the whole file, and stores its lines after the answer: 100,000 of them take longer than a request
   * may. The import is `READING` meanwhile.
   *
   * @throws AppError `body.too-large`, `validation.failed`, `media-type.unsupported`
   */
  async upload(
    administrator: Administrator,
    body: unknown,
    order: Pick<ImportOrder, 'mode' | 'whenInterrupted' | 'dryRun'>,
  ): Promise<AccountImport> {
    const { actor, scope } = administrator;
    const bytes = await received(body);
    const whose = { actorId: actor.id, structureId: scope.structureId };
    const id = await this.#begin(bytes, { ...order, ...whose });
    const act = { name: 'user_import_started', data: { import: id, ...order } } as const;
    await this.journal.record(administrator, act);
    const begun = (await this.imports.get(id))!;
    void this.#store(id, bytes).catch((error: unknown) => this.#logger.error(error));
    return begun;
  }

  /**
   * Stores the lines of a file; `ImportJob` does the rest. Returns the id of the import. A file that is no table of
   * accounts starts no import.
   *
   * @throws AppError `body.too-large`, `validation.failed`
   */
  async read(bytes: Buffer, order: ImportOrder): Promise<string> {
    const id = await this.#begin(bytes, order);
    await this.#store(id, bytes);
    return id;
  }

  /** Reads the file to its end first: a fault in its last line starts no import. */
  async #begin(bytes: Buffer, order: ImportOrder): Promise<string> {
    const lines = readCsv(bytes);
    while (!(await lines.next()).done);
    return this.imports.begin(order);
  }

  async #store(id: string, bytes: Buffer): Promise<void> {
    let total = 0;
    let batch: CsvLine[] = [];
    try {
      for await (const line of readCsv(bytes)) {
        total++;
        batch.push(line);
        if (batch.length < BATCH) continue;
        await this.imports.add(id, batch);
        await pause(PAUSE_MS);
        batch = [];
      }
      await this.imports.add(id, batch);
      await this.imports.end(id, 'CHECKING', total);
    } catch (error) {
      await this.imports.end(id, 'ABANDONED', 0);
      throw error;
    }
  }
}

/** The whole file: how it is encoded shows at its last byte at the latest. */
async function received(body: unknown): Promise<Buffer> {
  if (!(body instanceof Readable)) throw new AppError('media-type.unsupported');
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    length += piece.length;
    if (length > MOST_BYTES) throw new AppError('body.too-large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
