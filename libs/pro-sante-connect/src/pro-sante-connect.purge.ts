import { Injectable } from '@nestjs/common';
import { ActivityChoiceService } from './activity-choice.service';
import { AuthorizationRequestService } from './authorization-request.service';
import { ProviderSessionService } from './provider-session.service';

/** What has expired, for whoever cleans up. */
@Injectable()
export class ProSanteConnectPurge {
  constructor(
    private readonly authorizationRequests: AuthorizationRequestService,
    private readonly choices: ActivityChoiceService,
    private readonly sessions: ProviderSessionService,
  ) {}

  /** Deletes at most `batch` rows of each table: how many. */
  async purge(batch: number): Promise<number> {
    return (
      (await this.authorizationRequests.purge(batch)) +
      (await this.choices.purge(batch)) +
      (await this.sessions.purge(batch))
    );
  }
}
