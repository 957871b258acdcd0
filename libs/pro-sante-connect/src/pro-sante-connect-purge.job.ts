import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { ActivityChoiceService } from './sign-in/activity-choice.service';
import { AuthorizationRequestService } from './authorization/authorization-request.service';
import { ProviderSessionService } from './sign-out/provider-session.service';

/** Deletes authorization requests, choices and sessions of the provider that have expired. */
@Injectable()
export class ProSanteConnectPurgeJob extends PurgeJob {
  constructor(
    authorizationRequests: AuthorizationRequestService,
    choices: ActivityChoiceService,
    sessions: ProviderSessionService,
  ) {
    const logoutTokens = { purge: (batch: number) => sessions.purgeLogoutTokens(batch) };
    super({ authorizationRequests, choices, sessions, logoutTokens });
  }
}
