import { Injectable } from '@nestjs/common';
import { AccountImport, AccountImportService, ImportState } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { ActJournalService } from '../act-journal.service';
import type { Administrator } from '../administrator.types';
import { AdministeredImportService } from './administered-import.service';

/** The states after which no invitation can have left. */
const UNDOABLE: ImportState[] = ['CHECKING', 'CHECKED', 'CREATING'];

/** What an administrator decides of an import that was brought: that it starts, that it is taken back. */
@Injectable()
export class ImportDecisionService {
  constructor(
    private readonly administered: AdministeredImportService,
    private readonly imports: AccountImportService,
    private readonly journal: ActJournalService,
  ) {}

  /** After a dry run: now for good. @throws AppError `not-found`, `import.state` */
  async start(administrator: Administrator, id: string): Promise<AccountImport> {
    const job = await this.administered.get(administrator, id);
    const next = job.mode === 'ALL_OR_NONE' && job.lines.BAD > 0 ? 'REFUSED' : 'CREATING';
    if (!(await this.imports.move(id, ['CHECKED'], next))) throw new AppError('import.state');
    await this.journal.record(administrator, { name: 'user_import_started', data: { import: id } });
    return this.administered.get(administrator, id);
  }

  /** Takes back what was made, as long as no invitation has left. @throws AppError `not-found`, `import.state` */
  async undo(administrator: Administrator, id: string): Promise<AccountImport> {
    await this.administered.get(administrator, id);
    if (!(await this.imports.move(id, UNDOABLE, 'UNDOING'))) throw new AppError('import.state');
    await this.journal.record(administrator, { name: 'user_import_undone', data: { import: id } });
    return this.administered.get(administrator, id);
  }
}
