import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { PURGE_EVERY_MS, purgeAll, ScheduledJob } from '@portillon/kernel';
import { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
import { SessionService } from './session/session.service';
import { TicketService } from './ticket/ticket.service';
import { TrustedDeviceService } from './trusted-device/trusted-device.service';

/** Deletes what signing in leaves behind: pending sign-ins and tickets after a day, sessions and trusted devices after 30. */
@Injectable()
export class SessionPurgeJob extends ScheduledJob {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly tickets: TicketService,
  ) {
    super();
  }

  @Interval(PURGE_EVERY_MS)
  run(): Promise<void> {
    return this.turn(() =>
      purgeAll(
        {
          signIns: (batch) => this.pendingSignIns.purge(batch),
          sessions: (batch) => this.sessions.purge(batch),
          browsers: (batch) => this.trustedDevices.purge(batch),
          tickets: (batch) => this.tickets.purge(batch),
        },
        this.logger,
      ),
    );
  }
}
