import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AccountImport, AccountImportService, ImportOrder, ImportState } from '@portillon/account';
import { audited, personOf } from '@portillon/auth';
import { AuditService, EventName } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { AdministeredAccountService, reaches } from '../accounts/administered-account.service';
import type { Administrator } from '../administrator';
import { CsvLine, readCsv } from './csv-reader';

/** 100,000 lines of 160 bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Lines kept in one statement, and how long the others have the server and the database before the next. */
const BATCH = 100;
const PAUSE_MS = 5;
/** The only state after which invitations may have left. */
const UNDOABLE: ImportState[] = ['CHECKING', 'CHECKED', 'CREATING'];

/** Files of accounts: read into the database, worked off from there by whichever instance has time. */
@Injectable()
export class AdminImportService {
  constructor(
    private readonly imports: AccountImportService,
    private readonly administered: AdministeredAccountService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `body.too-large`, `validation.failed`, `media-type.unsupported` */
  async upload(
    administrator: Administrator,
    body: unknown,
    order: Pick<ImportOrder, 'mode' | 'whenInterrupted' | 'dryRun'>,
  ): Promise<AccountImport> {
    const { session, scope, client } = administrator;
    const bytes = await received(body);
    const id = await this.read(bytes, {
      ...order,
      actorId: session.accountId,
      structureId: scope.structureId,
    });
    const data = { import: id, ...order };
    const event = { name: 'user_import_started', outcome: 'SUCCESS', data } as const;
    await this.audit.record(audited(client, personOf(session), event));
    return (await this.imports.get(id))!;
  }

  /** Keeps the lines of a file; {@link ImportJob} does the rest. The id of the import. */
  async read(bytes: Buffer, order: ImportOrder): Promise<string> {
    const id = await this.imports.begin(order);
    try {
      await this.imports.end(id, 'CHECKING', await this.#keep(id, bytes));
      return id;
    } catch (error) {
      await this.imports.end(id, 'ABANDONED', 0);
      throw error;
    }
  }

  /** @throws AppError `not-found`, and the journal says so when it is another structure's */
  async get(administrator: Administrator, id: string): Promise<AccountImport> {
    const job = await this.imports.get(id);
    if (!job) throw new AppError('not-found');
    if (!reaches(administrator.scope, job.structureId))
      return this.administered.denyStructure(administrator, job.structureId);
    return job;
  }

  /** After a dry run: now for good. @throws AppError `not-found`, `import.state` */
  start(administrator: Administrator, id: string): Promise<AccountImport> {
    return this.#move(administrator, id, ['CHECKED'], 'user_import_started', (job) =>
      job.mode === 'ALL_OR_NONE' && job.lines.BAD > 0 ? 'REFUSED' : 'CREATING',
    );
  }

  /** Takes back what was made, as long as no invitation has left. @throws AppError `not-found`, `import.state` */
  undo(administrator: Administrator, id: string): Promise<AccountImport> {
    return this.#move(administrator, id, UNDOABLE, 'user_import_undone', () => 'UNDOING');
  }

  async #move(
    administrator: Administrator,
    id: string,
    from: ImportState[],
    name: EventName,
    next: (job: AccountImport) => ImportState,
  ): Promise<AccountImport> {
    const job = await this.get(administrator, id);
    const moved = await this.imports.move(id, from, next(job));
    if (!moved) throw new AppError('import.state');
    const event = { name, outcome: 'SUCCESS', data: { import: id } } as const;
    await this.audit.record(audited(administrator.client, personOf(administrator.session), event));
    return this.get(administrator, id);
  }

  async #keep(id: string, bytes: Buffer): Promise<number> {
    let total = 0;
    let batch: CsvLine[] = [];
    for await (const line of readCsv(bytes)) {
      total++;
      batch.push(line);
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
