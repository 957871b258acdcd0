import { Injectable, Logger } from '@nestjs/common';
import {
  AccountImport,
  AccountImportService,
  ImportMode,
  ImportOrder,
  ImportState,
} from '@portillon/account';
import { CSV_BEGINNING, csvLine } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { AccessRefusalService, ActJournalService, homeOf, isWithinReach } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { CsvLine, readCsv } from './csv-reader';
import { ImportProblemTextService, reportColumns } from './import-problem-text.service';

/** 100,000 lines of 160 bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Lines stored in one statement, and how long the others have the server and the database before the next. */
const BATCH = 100;
const PAUSE_MS = 5;
const REPORT_LINES = 500;

/** The states after which no invitation can have left. */
const UNDOABLE: ImportState[] = ['CHECKING', 'CHECKED', 'CREATING'];

/**
 * Imports of files of accounts, within an administrator's reach: read into the database, started, undone, reported.
 * {@link ImportJob} works them off, on whichever instance has time.
 */
@Injectable()
export class ImportsService {
  readonly #logger = new Logger('Imports');

  constructor(
    private readonly transactions: Transactions,
    private readonly imports: AccountImportService,
    private readonly refusals: AccessRefusalService,
    private readonly texts: ImportProblemTextService,
    private readonly journal: ActJournalService,
  ) {}

  /** @throws AppError `not-found`, recorded in the journal for an import of another structure */
  async get(administrator: Administrator, id: string): Promise<AccountImport> {
    const job = await this.imports.get(id);
    if (!job) throw new AppError('not-found');
    if (isWithinReach(administrator.scope, job.structureId)) return job;
    return this.refusals.hide(administrator, { structure: job.structureId });
  }

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
    const { actor } = administrator;
    const bytes = await received(body);
    const whose = { actorId: actor.id, structureId: homeOf(administrator) };
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
  async readFile(bytes: Buffer, order: ImportOrder): Promise<string> {
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

  /**
   * After a dry run: now for good.
   *
   * @param wanted what becomes of the bad lines, where the check changed the administrator's mind
   * @throws AppError `not-found`, `import.state`
   */
  async start(administrator: Administrator, id: string, wanted?: ImportMode): Promise<AccountImport> {
    const job = await this.get(administrator, id);
    const mode = wanted ?? job.mode;
    const next = mode === 'ALL_OR_NONE' && job.lines.BAD > 0 ? 'REFUSED' : 'CREATING';
    await this.transactions.run(async (tx) => {
      if (!(await this.imports.start(id, mode, next, tx))) throw new AppError('import.state');
      const act = { name: 'user_import_started', data: { import: id, mode } } as const;
      await this.journal.record(administrator, act, tx);
    });
    return this.get(administrator, id);
  }

  /** Deletes the created accounts, as long as no invitation has left. @throws AppError `not-found`, `import.state` */
  async undo(administrator: Administrator, id: string): Promise<AccountImport> {
    await this.get(administrator, id);
    await this.transactions.run(async (tx) => {
      if (!(await this.imports.move(id, UNDOABLE, 'UNDOING', tx))) throw new AppError('import.state');
      const act = { name: 'user_import_undone', data: { import: id } } as const;
      await this.journal.record(administrator, act, tx);
    });
    return this.get(administrator, id);
  }

  /** Streams the results of an import's lines as a file. @throws AppError `not-found` */
  async report(administrator: Administrator, id: string): Promise<Readable> {
    await this.get(administrator, id);
    const text = this.texts.for(administrator);
    return Readable.from(this.#reportText(id, reportColumns(administrator.client.locale, text)));
  }

  async *#reportText(id: string, columns: ReturnType<typeof reportColumns>): AsyncGenerator<string> {
    yield CSV_BEGINNING + csvLine(columns.map(([title]) => title));
    for (let after = 0; ;) {
      const lines = await this.imports.lines(id, { after, limit: REPORT_LINES });
      yield lines.map((line) => csvLine(columns.map(([, cell]) => cell(line)))).join('');
      if (lines.length < REPORT_LINES) return;
      after = lines.at(-1)!.line;
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
