import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { ActivityChoiceService } from './sign-in/activity-choice.service';
import { AuthorizationRequestService } from './authorization/authorization-request.service';
import { LogoutTokenService } from './sign-out/logout-token.service';
import { ProviderSessionService } from './sign-out/provider-session.service';

/** Deletes authorization requests, choices and sessions of the provider that have expired. */
@Injectable()
export class ProSanteConnectPurgeJob extends PurgeJob {
  constructor(
    authorizationRequests: AuthorizationRequestService,
    choices: ActivityChoiceService,
    sessions: ProviderSessionService,
    logoutTokens: LogoutTokenService,
  ) {
    super({ authorizationRequests, choices, sessions, logoutTokens });
  }
}
