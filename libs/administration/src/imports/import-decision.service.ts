import { Injectable } from '@nestjs/common';
import { AccountImport, AccountImportService, ImportMode, ImportState } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { AdministeredImportService } from './administered-import.service';

/** The states after which no invitation can have left. */
const UNDOABLE: ImportState[] = ['CHECKING', 'CHECKED', 'CREATING'];

/** Administrators' decisions on an import: to start it, to undo it. */
@Injectable()
export class ImportDecisionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredImportService,
    private readonly imports: AccountImportService,
    private readonly journal: ActJournalService,
  ) {}

  /**
   * After a dry run: now for good.
   *
   * @param wanted what becomes of the bad lines, where the check changed the administrator's mind
   * @throws AppError `not-found`, `import.state`
   */
  async start(administrator: Administrator, id: string, wanted?: ImportMode): Promise<AccountImport> {
    const job = await this.administered.get(administrator, id);
    const mode = wanted ?? job.mode;
    const next = mode === 'ALL_OR_NONE' && job.lines.BAD > 0 ? 'REFUSED' : 'CREATING';
    await this.transactions.run(async (tx) => {
      if (!(await this.imports.start(id, mode, next, tx))) throw new AppError('import.state');
      const act = { name: 'user_import_started', data: { import: id, mode } } as const;
      await this.journal.record(administrator, act, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** Deletes the created accounts, as long as no invitation has left. @throws AppError `not-found`, `import.state` */
  async undo(administrator: Administrator, id: string): Promise<AccountImport> {
    await this.administered.get(administrator, id);
    await this.transactions.run(async (tx) => {
      if (!(await this.imports.move(id, UNDOABLE, 'UNDOING', tx))) throw new AppError('import.state');
      const act = { name: 'user_import_undone', data: { import: id } } as const;
      await this.journal.record(administrator, act, tx);
    });
    return this.administered.get(administrator, id);
  }
}
