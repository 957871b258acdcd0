import { configurableModule } from '@portillon/kernel';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersistenceModule } from '@portillon/persistence';
import { PendingSignInService } from './pending-sign-in/pending-sign-in.service';
import { PendingSignInRepository } from './pending-sign-in/pending-sign-in.repository';
import { sessionPersistence } from './session.persistence';
import { SessionPersonalData } from './session.personal-data';
import { SessionPurgeJob } from './session-purge.job';
import { SessionOptions, SessionPolicy } from './session/session.policy';
import { SessionRepository } from './session/session.repository';
import { TicketRepository } from './ticket/ticket.repository';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository';
import { SessionService } from './session/session.service';
import { TicketService } from './ticket/ticket.service';
import { TrustedDeviceService } from './trusted-device/trusted-device.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<SessionOptions>();

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
