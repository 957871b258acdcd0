import { Injectable } from '@nestjs/common';
import { PurgeJob } from '@portillon/persistence';
import { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
import { SessionService } from './session/session.service';
import { TicketService } from './ticket/ticket.service';
import { TrustedDeviceService } from './trusted-device/trusted-device.service';

/** Deletes ended pending sign-ins and tickets after a day, sessions and trusted devices after 30 days. */
@Injectable()
export class SessionPurgeJob extends PurgeJob {
  constructor(
    pendingSignIns: PendingSignInService,
    sessions: SessionService,
    trustedDevices: TrustedDeviceService,
    tickets: TicketService,
  ) {
    super({ signIns: pendingSignIns, sessions, browsers: trustedDevices, tickets });
  }
}
