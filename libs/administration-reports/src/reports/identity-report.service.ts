import { Injectable } from '@nestjs/common';
import { AccountCountsService } from '@portillon/account';
import { ReportsDatabase } from '@portillon/persistence';
import { AdministeredStructureService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { queryText } from '@portillon/http';
import { PractitionerDirectoryService } from '../directory/practitioner-directory.service';
import type { IdentityReport } from './identity-report.dto';

/** The numbers of people by proof of identity; the list of accounts names them. */
@Injectable()
export class IdentityReportService {
  constructor(
    private readonly structures: AdministeredStructureService,
    private readonly counts: AccountCountsService,
    private readonly directory: PractitionerDirectoryService,
    private readonly database: ReportsDatabase,
  ) {}

  /** @throws AppError `not-found` for a structure out of reach */
  async of(administrator: Administrator, query: Record<string, unknown>): Promise<IdentityReport> {
    const asked = queryText('structure', query['structure']);
    const structure = await this.structures.within(administrator, asked);
    const counted = await this.counts.countIdentities(structure, await this.database.manager());
    return { structure, ...counted, directoryAsked: this.directory.isOffered };
  }
}
