import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationService, ApplicationStatus } from '@portillon/application';
import { Transactions } from '@portillon/persistence';
import { OwnedActJournalService } from '../owned-act-journal.service';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';

/** Closes an application to everybody, and opens it again. */
@Injectable()
export class ApplicationStatusService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredApplicationService,
    private readonly applications: ApplicationService,
    private readonly journal: OwnedActJournalService,
  ) {}

  /** Makes no change when the application already has this status. @throws AppError `not-found` */
  async set(
    administrator: Administrator,
    id: string,
    status: ApplicationStatus,
    reason?: string,
  ): Promise<ApplicationEntity> {
    const application = await this.administered.get(administrator, id);
    const name = status === 'active' ? 'application_enabled' : 'application_disabled';
    await this.transactions.run(async (tx) => {
      if (!(await this.applications.setStatus(id, status, tx))) return;
      await this.journal.recordOnApplication(administrator, application, { name, reason }, tx);
    });
    return this.administered.get(administrator, id);
  }
}
