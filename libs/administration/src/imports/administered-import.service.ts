import { Injectable } from '@nestjs/common';
import { AccountImport, AccountImportService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { AccessRefusalService, reaches } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** The imports within an administrator's reach: another structure's looks like one that does not exist. */
@Injectable()
export class AdministeredImportService {
  constructor(
    private readonly imports: AccountImportService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /** @throws AppError `not-found`, recorded in the journal for an import of another structure */
  async get(administrator: Administrator, id: string): Promise<AccountImport> {
    const job = await this.imports.get(id);
    if (!job) throw new AppError('not-found');
    if (reaches(administrator.scope, job.structureId)) return job;
    return this.refusals.hide(administrator, { structure: job.structureId });
  }
}
