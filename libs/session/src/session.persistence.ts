import { persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { CreateSession1764000003001 } from './migrations/1764000003001-create-session';
import { PendingSignInEntity } from './pending-sign-in/pending-sign-in.entity';
import { SessionEntity } from './session/session.entity';
import { TicketEntity } from './ticket/ticket.entity';
import { TrustedDeviceEntity } from './trusted-device/trusted-device.entity';
import { SessionPersonalData } from './session.personal-data';
import { SessionPolicy } from './session/session.policy';
import { TICKET_MS } from './ticket/ticket.service';
/** The tables of this lib, for `PersistenceModule`. */
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
      columns: {
        id: personal('sessions.openSession'),
        accountId: personal('sessions.openSession'),
        secretDigest: secret('sessions.tokenDigest'),
        rotation: 'internal',
        principal: personal('sessions.principal', 'Name, roles and structure, as they were at the sign-in.'),
        means: personal('sessions.meansUsed'),
        acr: personal('sessions.meansUsed'),
        amr: personal('sessions.meansUsed'),
        activity: personal(
          'proSanteConnect.activity',
          'Profession and structure, as Pro Santé Connect gave them.',
        ),
        proof: personal('sessions.meansUsed'),
        signedInAt: personal('sessions.openSession'),
        codeAcceptedAt: personal('sessions.openSession'),
        codeValidUntilAt: 'internal',
        authenticatedAt: personal('sessions.openSession'),
        idleExpiresAt: 'internal',
        expiresAt: 'internal',
        browserId: personal('sessions.openSession'),
        userAgent: personal('sessions.browserName', 'Browser, as it names itself.'),
        address: personal('sessions.network', 'Network address.'),
        endedAt: personal('sessions.openSession'),
        endReason: personal('sessions.openSession'),
      },
    }),
    table(PendingSignInEntity, {
      purpose: 'A sign-in under way, between password and code.',
      kept: '{signIn}, then {signInAfter} as a line without its secret',
      durations: {
        signIn: (app) => app.get(SessionPolicy).signInMs,
        signInAfter: (app) => app.get(SessionPolicy).signInRetentionMs,
      },
      afterRestore: 'emptied',
      columns: {
        id: 'internal',
        accountId: personal('codes.signInUnderWay'),
        secretDigest: secret('codes.tokenDigest'),
        principal: personal('codes.principal'),
        means: personal('codes.signInUnderWay'),
        amr: personal('codes.signInUnderWay'),
        browserId: personal('codes.signInUnderWay'),
        startedAt: personal('codes.signInUnderWay'),
        expiresAt: 'internal',
        endedAt: 'internal',
      },
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
      columns: {
        id: personal('sessions.knownBrowser'),
        accountId: personal('sessions.knownBrowser'),
        secretDigest: secret('sessions.tokenDigest'),
        previousDigest: secret('sessions.tokenDigest'),
        formerDigests: secret('sessions.tokenDigest'),
        rotationSalt: secret('sessions.tokenDigest'),
        rotatedAt: 'internal',
        codeAcceptedAt: personal('sessions.knownBrowser'),
        createdAt: personal('sessions.knownBrowser'),
        lastUsedAt: personal('sessions.knownBrowser'),
        userAgent: personal('sessions.browserName', 'Browser, as it names itself.'),
        address: personal('sessions.network', 'Network address.'),
        endedAt: personal('sessions.knownBrowser'),
        endReason: personal('sessions.knownBrowser'),
      },
    }),
    table(TicketEntity, {
      purpose:
        'Tickets between the reader of cards and the pages that were used, so that none is used twice.',
      kept: '{life}, and a margin for clocks',
      durations: { life: TICKET_MS },
      afterRestore: 'kept',
      columns: {
        id: 'internal',
        expiresAt: 'internal',
      },
    }),
  ],
  migrations: [CreateSession1764000003001],
  personalData: SessionPersonalData,
});
