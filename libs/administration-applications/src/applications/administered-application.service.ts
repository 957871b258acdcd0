import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationPage, ApplicationService } from '@portillon/application';
import { AppError } from '@portillon/kernel';
import { AccessRefusalService, reaches } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** The applications within an administrator's reach: others look exactly like applications that do not exist. */
@Injectable()
export class AdministeredApplicationService {
  constructor(
    private readonly applications: ApplicationService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /** @throws AppError `not-found`, with the caller in the journal when their reach is one structure */
  async get(administrator: Administrator, id: string): Promise<ApplicationEntity> {
    const application = await this.applications.get(id);
    if (application && reaches(administrator.scope, application.structureId)) return application;
    if (administrator.scope.structureId === null) throw new AppError('not-found');
    return this.refusals.hide(administrator, { application: id.slice(0, 64) });
  }

  list({ scope }: Administrator, page: { cursor?: string; limit: number }): Promise<ApplicationPage> {
    return this.applications.list({ ...page, structureId: scope.structureId ?? undefined });
  }
}
