import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
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
  constructor(
    private readonly imports: AccountImportService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `body.too-large`, `validation.failed`, `media-type.unsupported` */
  async upload(
    administrator: Administrator,
    body: unknown,
    order: Pick<ImportOrder, 'mode' | 'whenInterrupted' | 'dryRun'>,
  ): Promise<AccountImport> {
    const { actor, scope } = administrator;
    const bytes = await received(body);
    const whose = { actorId: actor.id, structureId: scope.structureId };
    const id = await this.read(bytes, { ...order, ...whose });
    const act = { name: 'user_import_started', data: { import: id, ...order } } as const;
    await this.journal.record(administrator, act);
    return (await this.imports.get(id))!;
  }

  /**
   * Stores the lines of a file; `ImportJob` does the rest. Returns the id of the import. A file that does not begin as a
   * table of accounts starts no import.
   */
  async read(bytes: Buffer, order: ImportOrder): Promise<string> {
    const lines = readCsv(bytes);
    const first = await lines.next();
    const id = await this.imports.begin(order);
    try {
      await this.imports.end(id, 'CHECKING', await this.#keep(id, first, lines));
      return id;
    } catch (error) {
      await this.imports.end(id, 'ABANDONED', 0);
      throw error;
    }
  }

  async #keep(
    id: string,
    first: IteratorResult<CsvLine, void>,
    rest: AsyncGenerator<CsvLine, void>,
  ): Promise<number> {
    let total = 0;
    let batch: CsvLine[] = [];
    for (let next = first; !next.done; next = await rest.next()) {
      total++;
      batch.push(next.value);
      if (batch.length < BATCH) continue;
      await this.imports.add(id, batch);
      await pause(PAUSE_MS);
      batch = [];
    }
    await this.imports.add(id, batch);
    return total;
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
