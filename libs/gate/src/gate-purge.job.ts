import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { GateSessionService } from './sign-in/gate-session.service';
import { GateSignInService } from './sign-in/gate-sign-in.service';

/** Deletes sign-ins whose person never came back, and what the cookies of ended sessions stood for. */
@Injectable()
export class GatePurgeJob extends ScheduledJob {
  constructor(
    private readonly signIns: GateSignInService,
    private readonly sessions: GateSessionService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          signIns: (batch) => this.signIns.purge(batch),
          sessions: (batch) => this.sessions.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
