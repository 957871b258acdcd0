import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { SessionPolicy } from '@portillon/session';
import { AuthorizationRequestEntity } from './authorization/authorization-request.repository';
import { REQUEST_MS } from './authorization/authorization-request.service';
import { CreateProSanteConnect1764000007001 } from './migrations/1764000007001-create-pro-sante-connect';
import { ActivityChoiceEntity } from './sign-in/activity-choice.repository';
import { LIFE_MS } from './sign-in/activity-choice.service';
import { LogoutTokenEntity, ProviderSessionEntity } from './sign-out/provider-session.repository';
import { LOGOUT_TOKEN_KEPT_MS } from './sign-out/provider-session.service';

/** The tables of this lib, for `PersistenceModule`. Why a feature has some: docs/adr/0010. */
export const proSanteConnectPersistence: PersistencePart = persistencePart({
  tables: [
    table(AuthorizationRequestEntity, {
      purpose: 'Sign-ins that came back from Pro Santé Connect, so that none is taken twice.',
      kept: '{after}, and a margin for clocks',
      durations: { after: REQUEST_MS },
      afterRestore: 'kept',
      columns: [internal('id expiresAt')],
    }),
    table(ActivityChoiceEntity, {
      purpose: 'A person whom Pro Santé Connect has proved and who must still choose an activity.',
      kept: '{choice}; the identity goes with the choice',
      durations: { choice: LIFE_MS },
      afterRestore: 'emptied',
      columns: [
        internal('id expiresAt consumedAt'),
        personal('proSanteConnect.askedPage', 'returnTo'),
        secret('proSanteConnect.tokenDigest', 'secretDigest'),
        secret('proSanteConnect.pscIdentity', 'identitySealed'),
      ],
    }),
    table(ProviderSessionEntity, {
      purpose: 'What it takes to sign out at Pro Santé Connect, and to obey when it signs a person out.',
      kept: 'with the session, {session} at most',
      durations: { session: (app) => app.get(SessionPolicy).absoluteMs },
      afterRestore: 'emptied',
      columns: [
        internal('expiresAt'),
        personal('proSanteConnect.pscSession', 'sessionId sid'),
        personal('proSanteConnect.pscIdentity', 'subject'),
        secret('proSanteConnect.pscSession', 'idTokenSealed signOutDigest'),
      ],
    }),
    table(LogoutTokenEntity, {
      purpose: 'Logout tokens of Pro Santé Connect that were taken, so that none is taken twice.',
      kept: '{signOut}',
      durations: { signOut: LOGOUT_TOKEN_KEPT_MS },
      afterRestore: 'kept',
      columns: [internal('id expiresAt'), personal('proSanteConnect.pscSession', 'sid')],
    }),
  ],
  migrations: [CreateProSanteConnect1764000007001],
  personalData: {
    none: 'A row goes with its session; what was stated of the person is exported with the session.',
  },
});
