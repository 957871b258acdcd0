import { Injectable } from '@nestjs/common';
import {
  AccountAdministrationService,
  AccountImportService,
  AccountService,
  ImportLine,
  ImportOrder,
  ImportState,
  LineState,
} from '@portillon/account';
import { InvitationService } from '@portillon/recovery';
import type { EntityManager } from 'typeorm';
import { ImportCheckService } from './import-check.service';

/** Lines in one transaction: short enough that no sign-in waits behind it. */
const STEP = 25;
const CHECK_STEP = 200;

/** The order: all facts that a step needs. */
export type OrderedImport = ImportOrder & { id: string };

/** A task for the lines of an import in one of its states. */
export interface ImportTask {
  /** The lines that it is done with. */
  from: LineState;
  /** How many at once. */
  lines: number;
  work: (job: OrderedImport, lines: ImportLine[], tx: EntityManager) => Promise<void>;
}

/** The steps of an import, line by line, in the transaction of the caller. */
@Injectable()
export class ImportStepService {
  readonly #tasks: Partial<Record<ImportState, ImportTask>> = {
    CHECKING: { from: 'NEW', lines: CHECK_STEP, work: (job, lines, tx) => this.#check(job, lines, tx) },
    CREATING: { from: 'GOOD', lines: STEP, work: (job, lines, tx) => this.#create(job, lines, tx) },
    INVITING: { from: 'MADE', lines: STEP, work: (job, lines, tx) => this.#invite(job, lines, tx) },
    UNDOING: { from: 'MADE', lines: STEP, work: (job, lines, tx) => this.#undo(job, lines, tx) },
  };

  constructor(
    private readonly imports: AccountImportService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly check: ImportCheckService,
    private readonly invitations: InvitationService,
  ) {}

  /** What is to be done in a state that has work. */
  taskOf(state: ImportState): ImportTask {
    return this.#tasks[state]!;
  }

  async #check(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    const problems = await this.check.problems(job, lines, tx);
    const good = lines.filter((_, index) => problems[index]!.length === 0).map(({ line }) => line);
    await this.imports.good(job.id, good, tx);
    for (const [index, { line }] of lines.entries())
      if (problems[index]!.length > 0)
        await this.imports.change(job.id, { line, state: 'BAD', problems: problems[index] }, tx);
  }

  async #create(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, content } of lines) {
      const created = await this.accounts.create(await this.check.draft(job, content, tx), tx);
      if (created.status === 'created')
        await this.imports.change(job.id, { line, state: 'MADE', accountId: created.account.id }, tx);
      else await this.#takenMeanwhile(job, line, created.status, tx);
    }
  }

  /** Another request made it since the check. */
  async #takenMeanwhile(job: OrderedImport, line: number, status: string, tx: EntityManager): Promise<void> {
    const field = status === 'username-taken' ? 'username' : 'nationalId';
    await this.imports.change(job.id, { line, state: 'BAD', problems: [{ field, code: 'taken' }] }, tx);
  }

  async #invite(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, accountId } of lines) {
      const account = accountId ? await this.accounts.get(accountId, tx) : undefined;
      if (account?.status === 'INVITED')
        await this.invitations.send(account, { id: job.actorId, bulk: true }, tx);
      await this.imports.change(job.id, { line, state: 'INVITED' }, tx);
    }
  }

  async #undo(job: OrderedImport, lines: ImportLine[], tx: EntityManager): Promise<void> {
    for (const { line, accountId } of lines) {
      const undone = accountId !== null && (await this.administration.undoCreation(accountId, tx));
      await this.imports.change(job.id, { line, state: undone ? 'UNDONE' : 'KEPT' }, tx);
    }
  }
}
