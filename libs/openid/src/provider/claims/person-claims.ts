import type { AccountProfile } from '@portillon/account';
import type { ApplicationEntity } from '@portillon/application';
import { epochSeconds } from '@portillon/kernel';
import type { Session, SessionActivity } from '@portillon/session';
import type { Level } from '../level.policy';
import { pscAuthentication } from '../psc-authentication';

/** The registers that identify people and structures in the data of Pro Santé Connect (object identifiers of the ANS). */
const PROFESSION_REGISTER = '1.2.250.1.213.1.1.5.5';
const SECTOR_REGISTER = '1.2.250.1.71.4.2.4';
const RPPS_TYPE = '8';

type Claims = Record<string, unknown>;
type Switches = Pick<ApplicationEntity, 'claimsShape' | 'claimNames' | 'claimMail' | 'claimGroups'>;

/** The requesting application, its scopes, and the claims that it requests by name. */
interface Asking {
  application: Switches;
  scope: string;
  named?: object;
}

/**
 * The claims that an application receives about a user: the requested scopes, limited by the application's switches. The
 * mobile number is never included: « Ce numéro ne sera utilisé que dans ce cadre ».
 */
export function claimsOf(
  account: AccountProfile,
  session: Session,
  level: Level,
  { application, scope, named = {} }: Asking,
): Claims {
  const scopes = scope.split(' ');
  const names = Object.entries(namesOf(account)).filter(
    ([name]) => scopes.includes('profile') || name in named,
  );
  return {
    sub: account.id,
    means: session.means,
    ...(session.codeAcceptedAt && { code_time: epochSeconds(session.codeAcceptedAt) }),
    ...(session.acr && { upstream_acr: session.acr }),
    ...(application.claimNames && Object.fromEntries(names)),
    ...(application.claimMail && { email: account.email, email_verified: account.status === 'ACTIVE' }),
    ...(application.claimGroups && { groups: account.roles }),
    ...(account.structure && { structure: account.structure }),
    ...(application.claimsShape === 'psc'
      ? { ...pscShaped(account, session.activity, scopes), ...pscAuthentication(session, level) }
      : plain(account, session.activity)),
  };
}

function namesOf({ displayName, givenName, familyName, username, locale }: AccountProfile): Claims {
  return {
    name: displayName,
    ...(givenName && { given_name: givenName }),
    ...(familyName && { family_name: familyName }),
    preferred_username: username,
    locale,
  };
}

function plain({ nationalId }: AccountProfile, activity: SessionActivity | null): Claims {
  return { ...(nationalId && { national_id: nationalId }), ...(activity && { activity }) };
}

/**
 * The claims in the form of Pro Santé Connect, for the activity that the user chose. `profile` alone gives no national
 * identifier.
 */
function pscShaped(
  { nationalId }: AccountProfile,
  activity: SessionActivity | null,
  scopes: readonly string[],
): Claims {
  return {
    ...(nationalId && {
      SubjectNameID: nationalId,
      ...(scopes.includes('pro_sante') && { preferred_username: nationalId }),
      otherIds: [otherId(nationalId)],
    }),
    ...(activity && activityClaims(activity)),
  };
}

function activityClaims(activity: SessionActivity): Claims {
  const { profession, sector, structure, structureId } = activity;
  return {
    ...(profession && { SubjectRole: [`${profession}^${PROFESSION_REGISTER}`] }),
    ...(structure && { SubjectOrganization: structure }),
    ...(structureId && { SubjectOrganizationID: structureId }),
    ...(sector && { Secteur_Activite: `${sector}^${SECTOR_REGISTER}` }),
    SubjectRefPro: { exercices: [exercise(activity)] },
  };
}

function exercise({ profession, skill, mode, sector, structure, structureId }: SessionActivity): Claims {
  return {
    codeProfession: profession,
    ...(skill && { codeSavoirFaire: skill }),
    activities: [
      {
        codeModeExercice: mode,
        codeSecteurDactivite: sector,
        raisonSocialeSite: structure,
        identifiantTechniqueDeLaStructure: structureId,
      },
    ],
  };
}

function otherId(nationalId: string): Claims {
  const isRpps = nationalId.startsWith(RPPS_TYPE);
  return { identifiant: nationalId.slice(1), origine: isRpps ? 'RPPS' : 'ADELI', qualite: 1 };
}
