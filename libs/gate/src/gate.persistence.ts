import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { CreateGate1764000015001 } from './migrations/1764000015001-create-gate';
import { GateRuleEntity } from './rules/gate-rule.repository';
import { GateSessionEntity } from './sign-in/gate-session.repository';
import { GateSignInEntity } from './sign-in/gate-sign-in.repository';
import { SessionPolicy } from '@portillon/session';
import { SIGN_IN_MS } from './sign-in/gate.cookies';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const gatePersistence: PersistencePart = persistencePart({
  tables: [
    table(GateRuleEntity, {
      purpose: 'What of an application behind the gate is open to whom.',
      kept: 'with the application',
      afterRestore: 'kept',
      columns: [
        internal('id applicationId position paths methods access roles structures acr maxAgeSeconds'),
      ],
    }),
    table(GateSessionEntity, {
      purpose: 'That a browser has entered an application behind the gate.',
      kept: 'until the session ends, {gate} at most',
      durations: { gate: (app) => app.get(SessionPolicy).absoluteMs },
      afterRestore: 'emptied',
      columns: [
        internal('id applicationId expiresAt'),
        personal('applications.entry', 'sessionId sid'),
        secret('applications.tokenDigest', 'secretDigest'),
      ],
    }),
    table(GateSignInEntity, {
      purpose: 'That a sign-in to an application behind the gate was used, so that it is not used twice.',
      kept: '{gateSignIn} after it began',
      durations: { gateSignIn: SIGN_IN_MS },
      section: 'applications',
      afterRestore: 'emptied',
      columns: [internal('id applicationId origin target acr maxAgeSeconds secretDigest expiresAt')],
    }),
  ],
  migrations: [CreateGate1764000015001],
  personalData: { none: 'An entry goes with its session, and holds no more than its id.' },
});
