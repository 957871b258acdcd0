import { Injectable } from '@nestjs/common';
import {
  ApplicationEntity,
  ApplicationSecret,
  ApplicationSecretService,
  SECRET_METHODS,
} from '@portillon/application';
import { AppError, Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { AccessRefusalService } from '@portillon/user-management';
import { OwnedActJournalService } from '../owned-act-journal.service';
import { keepNational } from './national-setting';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';
import { isNationallyBound } from './application-limits.policy';

/** The secrets of an application: a new one while the old one is still good, then the end of the old one. */
@Injectable()
export class ApplicationSecretActService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredApplicationService,
    private readonly secrets: ApplicationSecretService,
    private readonly journal: OwnedActJournalService,
    private readonly refusals: AccessRefusalService,
    private readonly clock: Clock,
  ) {}

  /**
   * The secret is in the answer, and nowhere else.
   * @throws AppError `not-found`, `application.national-only`, `application.no-secret`, `application.secrets-exceeded`
   */
  async issue(
    administrator: Administrator,
    id: string,
    expiresInDays: number | null,
    reason?: string,
  ): Promise<{ secret: ApplicationSecret; value: string }> {
    const application = await this.#mine(administrator, id);
    if (!SECRET_METHODS.includes(application.authMethod)) throw new AppError('application.no-secret');
    const expiresAt = expiresInDays === null ? null : addMilliseconds(this.clock.now(), expiresInDays * DAY);
    return this.transactions.run(async (tx) => {
      const issued = await this.secrets.issue(id, expiresAt, tx);
      if (issued.status !== 'issued') throw new AppError('application.secrets-exceeded');
      const act = { name: 'application_secret_issued', reason } as const;
      await this.journal.recordOnApplication(administrator, application, act, tx);
      return issued;
    });
  }

  /** Ends the secret: it no longer authenticates the application. @throws AppError `not-found`, `application.national-only` */
  async end(
    administrator: Administrator,
    id: string,
    secretId: string,
    reason?: string,
  ): Promise<ApplicationEntity> {
    const application = await this.#mine(administrator, id);
    await this.transactions.run(async (tx) => {
      if (!(await this.secrets.end(id, secretId, tx))) throw new AppError('not-found');
      const act = { name: 'application_secret_ended', reason } as const;
      await this.journal.recordOnApplication(administrator, application, act, tx);
    });
    return application;
  }

  async #mine(administrator: Administrator, id: string): Promise<ApplicationEntity> {
    const application = await this.administered.get(administrator, id);
    if (isNationallyBound(administrator.scope, application))
      await keepNational(this.refusals, administrator, 'secrets');
    return application;
  }
}
