import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import type { Session } from '@portillon/session';

/** The applications that a person may open. */
@Injectable()
export class OwnApplicationService {
  constructor(private readonly applications: ApplicationService) {}

  /** By name, as the session has the person: a role that was given since counts from the next refresh. */
  list({ principal, activity }: Session): Promise<ApplicationEntity[]> {
    const profession = activity?.profession;
    return this.applications.openableBy({
      roles: principal.roles,
      structureId: principal.structure?.id ?? null,
      professions: profession ? [profession] : [],
    });
  }
}
