import type { PersistencePart } from '@portillon/persistence';
import { CreateSession1764000003001 } from './migrations/1764000003001-create-session';
import { PendingSignInEntity } from './pending-sign-in/pending-sign-in.entity';
import { SessionEntity } from './session/session.entity';
import { TicketEntity } from './ticket/ticket.entity';
import { TrustedDeviceEntity } from './trusted-device/trusted-device.entity';

/** The tables of this lib, for `PersistenceModule`. */
export const sessionPersistence: PersistencePart = {
  entities: [SessionEntity, PendingSignInEntity, TrustedDeviceEntity, TicketEntity],
  migrations: [CreateSession1764000003001],
  afterRestore: { emptied: [SessionEntity, PendingSignInEntity, TrustedDeviceEntity], kept: [TicketEntity] },
};
