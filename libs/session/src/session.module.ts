import { Module, Injectable } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule } from '@portillon/kernel';
import { PersistenceModule, PurgeJob } from '@portillon/persistence';
import { PendingSignInRepository } from './pending-sign-in/pending-sign-in.repository';
import { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
import { sessionPersistence } from './session.persistence';
import { SessionPersonalData } from './session.personal-data';
import { SessionOptions, SessionPolicy } from './session/session.policy';
import { SessionRepository } from './session/session.repository';
import { SessionService } from './session/session.service';
import { TicketRepository, TicketService } from './ticket/ticket.service';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository';
import { TrustedDeviceService } from './trusted-device/trusted-device.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<SessionOptions>();

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

/** Provides {@link SessionService}, {@link PendingSignInService}, {@link TrustedDeviceService} and {@link TicketService}. */
@Module({
  imports: [PersistenceModule, TypeOrmModule.forFeature(sessionPersistence.entities)],
  providers: [
    SessionRepository,
    PendingSignInRepository,
    TrustedDeviceRepository,
    TicketRepository,
    {
      provide: SessionPolicy,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: SessionOptions) => new SessionPolicy(options),
    },
    SessionService,
    PendingSignInService,
    TrustedDeviceService,
    TicketService,
    SessionPersonalData,
    SessionPurgeJob,
  ],
  exports: [SessionPolicy, SessionService, PendingSignInService, TrustedDeviceService, TicketService],
})
export class SessionModule extends ConfigurableModuleClass {}
