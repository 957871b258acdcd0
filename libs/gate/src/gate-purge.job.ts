import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { GateSessionService } from './sign-in/gate-session.service';
import { GateSignInService } from './sign-in/gate-sign-in.service';

/** Deletes sign-ins whose user never came back, and the records of ended sessions' cookies. */
@Injectable()
export class GatePurgeJob extends PurgeJob {
  constructor(signIns: GateSignInService, sessions: GateSessionService) {
    super({ signIns, sessions });
  }
}
