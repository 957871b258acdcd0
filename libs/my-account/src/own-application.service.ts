import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationService, memberOf } from '@portillon/application';
import type { Session } from '@portillon/session';

/** The applications that a person may open. */
@Injectable()
export class OwnApplicationService {
  constructor(private readonly applications: ApplicationService) {}

  /** By name, as the session has the person: a role that was given since counts from the next refresh. */
  list(session: Session): Promise<ApplicationEntity[]> {
    return this.applications.openableBy(memberOf(session));
  }
}
