import type { PersistencePart } from '@portillon/persistence';
import { CreateSession1764000003001 } from './migrations/1764000003001-create-session';
import { CreateSignIn1764000003002 } from './migrations/1764000003002-create-sign-in';
import { CreateRememberedBrowser1764000003003 } from './migrations/1764000003003-create-remembered-browser';
import { CreateTicket1764000003011 } from './migrations/1764000003011-create-ticket';
import { AddSessionActivity1764000003021 } from './migrations/1764000003021-add-session-activity';
import { NarrowTicket1764000003031 } from './migrations/1764000003031-narrow-ticket';
import { PendingSignInEntity } from './pending-sign-in.entity';
import { SessionEntity } from './session.entity';
import { TicketEntity } from './ticket.entity';
import { TrustedDeviceEntity } from './trusted-device.entity';

/** The tables of this lib, for `PersistenceModule`. */
export const sessionPersistence: PersistencePart = {
  entities: [SessionEntity, PendingSignInEntity, TrustedDeviceEntity, TicketEntity],
  migrations: [
    CreateSession1764000003001,
    CreateSignIn1764000003002,
    CreateRememberedBrowser1764000003003,
    CreateTicket1764000003011,
    AddSessionActivity1764000003021,
    NarrowTicket1764000003031,
  ],
};
