import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { CreateSession1764000003001 } from './migrations/1764000003001-create-session';
import { PendingSignInEntity } from './pending-sign-in/pending-sign-in.repository';
import { SessionPersonalData } from './session.personal-data';
import { SessionEntity } from './session/session.entity';
import { SessionPolicy } from './session/session.policy';
import { TicketEntity, TICKET_MS } from './ticket/ticket.service';
import { TrustedDeviceEntity } from './trusted-device/trusted-device.entity';

/** The tables of this library, for `PersistenceModule`. */
export const sessionPersistence: PersistencePart = persistencePart({
  tables: [
    table(SessionEntity, {
      purpose:
        'That a person is signed in, how they proved it, and where, so that they can see it and end it.',
      kept: '{longest} at most, then {after} as a line without its secret',
      durations: {
        longest: (app) => app.get(SessionPolicy).absoluteMs,
        after: (app) => app.get(SessionPolicy).retentionMs,
      },
      stated: { sessions: 'after' },
      afterRestore: 'emptied',
      columns: [
        internal('rotation codeValidUntilAt idleExpiresAt expiresAt'),
        personal('sessions.openSession', 'id accountId signedInAt codeAcceptedAt authenticatedAt browserId'),
        personal('sessions.openSession', 'endedAt endReason'),
        personal('sessions.principal', 'principal'),
        personal('sessions.meansUsed', 'means acr amr proof'),
        personal('proSanteConnect.activity', 'activity'),
        personal('sessions.browserName', 'userAgent'),
        personal('sessions.network', 'address'),
        secret('sessions.tokenDigest', 'secretDigest'),
      ],
    }),
    table(PendingSignInEntity, {
      purpose: 'A sign-in under way, between password and code.',
      kept: '{signIn}, then {signInAfter} as a line without its secret',
      durations: {
        signIn: (app) => app.get(SessionPolicy).signInMs,
        signInAfter: (app) => app.get(SessionPolicy).signInRetentionMs,
      },
      afterRestore: 'emptied',
      columns: [
        internal('id expiresAt endedAt'),
        personal('codes.signInUnderWay', 'accountId means amr browserId startedAt'),
        personal('codes.principal', 'principal'),
        secret('codes.tokenDigest', 'secretDigest'),
      ],
    }),
    table(TrustedDeviceEntity, {
      purpose:
        'That no code is asked for in this browser for a while, and that it has a budget of its own for wrong passwords.',
      kept: '{browser} without use, then {after} as a line without secrets',
      durations: {
        browser: (app) => app.get(SessionPolicy).browserMs,
        after: (app) => app.get(SessionPolicy).retentionMs,
      },
      afterRestore: 'emptied',
      columns: [
        internal('rotatedAt'),
        personal('sessions.knownBrowser', 'id accountId codeAcceptedAt createdAt lastUsedAt endedAt'),
        personal('sessions.knownBrowser', 'endReason'),
        personal('sessions.browserName', 'userAgent'),
        personal('sessions.network', 'address'),
        secret('sessions.tokenDigest', 'secretDigest previousDigest formerDigests rotationSalt'),
      ],
    }),
    table(TicketEntity, {
      purpose:
        'Tickets between the reader of cards and the pages that were used, so that none is used twice.',
      kept: '{life}, and a margin for clocks',
      durations: { life: TICKET_MS },
      afterRestore: 'kept',
      columns: [internal('id expiresAt')],
    }),
  ],
  migrations: [CreateSession1764000003001],
  personalData: SessionPersonalData,
});
