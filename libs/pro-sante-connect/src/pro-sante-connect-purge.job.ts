import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { ActivityChoiceService } from './sign-in/activity-choice.service';
import { AuthorizationRequestService } from './authorization/authorization-request.service';
import { LogoutTokenService } from './sign-out/logout-token.service';
import { ProviderSessionService } from './sign-out/provider-session.service';

/** Deletes authorization requests, choices and sessions of the provider that have expired. */
@Injectable()
export class ProSanteConnectPurgeJob extends ScheduledJob {
  constructor(
    private readonly authorizationRequests: AuthorizationRequestService,
    private readonly choices: ActivityChoiceService,
    private readonly sessions: ProviderSessionService,
    private readonly logoutTokens: LogoutTokenService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          authorizationRequests: (batch) => this.authorizationRequests.purge(batch),
          choices: (batch) => this.choices.purge(batch),
          sessions: (batch) => this.sessions.purge(batch),
          logoutTokens: (batch) => this.logoutTokens.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
