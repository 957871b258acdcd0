import { Inject, Injectable } from '@nestjs/common';
import { AccountService, rolesUnder } from '@portillon/account';
import type { AccountProfile, Membership } from '@portillon/account';
import { ACR_OF_MEANS, placedFor } from '@portillon/application';
import type { AcrOfMeans, ApplicationEntity } from '@portillon/application';
import { epochSeconds } from '@portillon/kernel';
import type { Session, SessionActivity } from '@portillon/session';
import type { Account as OidcAccount, KoaContextWithOIDC } from 'oidc-provider';
import { strongestProof } from './level.policy';
import type { Level } from './level.policy';
import { LiveSessionService } from './live-session.service';
import { applicationOf, stateOf } from './oidc-context';
import { CLAIMS_OF_SCOPES } from './provider.constants';

interface Token {
  client?: object | undefined;
  sessionUid?: string;
  sid?: string;
}

/** The registers that identify people and structures in the data of Pro Santé Connect (object identifiers of the ANS). */
const PROFESSION_REGISTER = '1.2.250.1.213.1.1.5.5';

const SECTOR_REGISTER = '1.2.250.1.71.4.2.4';

const RPPS_TYPE = '8';

type Claims = Record<string, unknown>;

type Switches = Pick<ApplicationEntity, 'claimsShape' | 'claimNames' | 'claimMail' | 'claimGroups'> &
  Parameters<typeof placedFor>[0];

/** The requesting application, its scopes, and the claims that it requests by name. */
interface Asking {
  application: Switches;
  scope: string;
  named?: object;
}

/** Codes of the ANS's nomenclature TRE_R231 (`PalierAuthentification`), as Pro Santé Connect sends them. */
const STEPS = '1.2.250.1.213.1.5.1.1.1';

/** The codes that prove a professional by a card, or by a means that Pro Santé Connect treats as equal. */
const OF_CARDS: readonly string[] = ['pro-sante-connect', 'cpx'];

/** The account of a request or of a token, with the claims that the application may read. */
@Injectable()
export class ClaimsService {
  constructor(
    private readonly accounts: AccountService,
    private readonly live: LiveSessionService,
    @Inject(ACR_OF_MEANS) private readonly acrOfMeans: AcrOfMeans,
  ) {}

  /**
   * Returns undefined when the account is closed, when the token's session has ended, or when the user may no longer open
   * the application.
   */
  async findAccount(ctx: KoaContextWithOIDC, id: string, token?: object): Promise<OidcAccount | undefined> {
    const session = await this.#sessionOf(ctx, token);
    if (session?.accountId !== id) return undefined;
    const account = await this.accounts.profile(id);
    if (account?.status !== 'ACTIVE') return undefined;
    const level = strongestProof(session, this.acrOfMeans);
    const application = applicationOf(ctx.oidc.client!);
    const claims = (_use: string, scope: string, named: object) =>
      claimsOf(account, session, level, { application, scope, named }) as { sub: string };
    return { accountId: id, claims };
  }

  /** The additional claims of an access token: the sign-in (RFC 9068, 2.2.1), or the structure of a machine client. */
  async ofToken(token: Token, ctx: KoaContextWithOIDC): Promise<Record<string, unknown>> {
    const session = token.sessionUid && (await this.live.get(token.sessionUid, ctx));
    if (!session) return structureOf(applicationOf(token.client as never));
    // The proof of the authorization request: a refresh does not renew it (RFC 9068, 2.2.1).
    const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
    const source = AuthorizationCode ?? RefreshToken;
    const { acr, amr, authTime } = source ?? strongestProof(session, this.acrOfMeans);
    return { sid: token.sid, acr, amr, auth_time: authTime };
  }

  async #sessionOf(ctx: KoaContextWithOIDC, token?: object): Promise<Session | undefined> {
    if (!token) return stateOf(ctx).session;
    const { sessionUid } = token as { sessionUid?: string };
    const application = applicationOf(ctx.oidc.client!);
    return sessionUid ? this.live.getAdmitted(sessionUid, application, ctx) : undefined;
  }
}

function structureOf({ structureId }: ApplicationEntity): Record<string, unknown> {
  return structureId ? { structure: structureId } : {};
}

/**
 * The claims that an application receives about a user: the requested scopes, limited by the application's switches. The
 * mobile number is never included: « Ce numéro ne sera utilisé que dans ce cadre ».
 */
export function claimsOf(account: AccountProfile, session: Session, level: Level, asking: Asking): Claims {
  const inUse = session.principal.structure?.id;
  return { ...accountClaims(account, asking, inUse), ...signInClaims(session, level, asking.application) };
}

/** The claims that no proof changes. `inUse`: the structure in use; left out: the one that manages the account. */
function accountClaims(
  account: AccountProfile,
  { application, scope, named = {} }: Asking,
  inUse?: string,
): Claims {
  const scopes = scope.split(' ');
  const names = Object.entries(namesOf(account)).filter(
    ([name]) => scopes.includes('profile') || name in named,
  );
  const { nationalId } = account;
  const { roles, place } = placeOf(account, application, inUse);
  return {
    sub: account.id,
    ...(application.claimNames && Object.fromEntries(names)),
    ...(application.claimMail && { email: account.email, email_verified: account.status === 'ACTIVE' }),
    ...(application.claimGroups && { groups: roles }),
    ...(place && { structure: structureClaim(place) }),
    ...(scopes.includes('structures') && { structures: account.memberships.map(structureClaim) }),
    ...(nationalId &&
      (application.claimsShape === 'psc' ? pscShaped(nationalId, scopes) : { national_id: nationalId })),
  };
}

/** The structure under which a person uses the application, and the roles held there. */
function placeOf(account: AccountProfile, application: Switches, inUse: string | undefined) {
  const { memberships } = account;
  const used = memberships.find(({ structure }) => structure.id === inUse) ?? memberships[0];
  const structure = used?.structure ?? account.structure;
  const placed = placedFor(application, { structure, roles: rolesUnder(account, used), memberships });
  return {
    roles: placed.roles,
    place:
      memberships.find(({ structure }) => structure.id === placed.structure?.id) ?? placedWithout(account),
  };
}

/** Of an account that a former release wrote, which has no membership yet. */
function placedWithout({
  structure,
}: AccountProfile): Pick<Membership, 'structure' | 'function'> | undefined {
  return structure ? { structure: { ...structure, finess: null }, function: null } : undefined;
}

/** A structure as applications receive it. */
export function structureClaim({
  structure: { id, name, finess },
  function: post,
}: Pick<Membership, 'structure' | 'function'>) {
  return { id, name, ...(finess && { finess }), ...(post && { function: post }) };
}

/** The account's claims that the application may request by its scopes, without those of a sign-in. */
export function receivedClaims(
  account: AccountProfile,
  application: Switches & Pick<ApplicationEntity, 'scopes'>,
): Claims {
  const scope = application.scopes.join(' ');
  const claims = Object.entries(accountClaims(account, { application, scope }));
  const granted = Object.entries(CLAIMS_OF_SCOPES).filter(([name]) => application.scopes.includes(name));
  return Object.fromEntries(claims.filter(([claim]) => granted.some(([, some]) => some.includes(claim))));
}

function signInClaims(
  session: Session,
  level: Level,
  { claimsShape }: Pick<Switches, 'claimsShape'>,
): Claims {
  const { means, codeAcceptedAt, acr, activity } = session;
  return {
    means,
    ...(codeAcceptedAt && { code_time: epochSeconds(codeAcceptedAt) }),
    ...(acr && { upstream_acr: acr }),
    ...(claimsShape === 'psc'
      ? { ...(activity && activityClaims(activity)), ...pscAuthentication(session, level) }
      : activity && { activity }),
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

/** The national identifier in the form of Pro Santé Connect. `profile` alone gives none. */
function pscShaped(nationalId: string, scopes: readonly string[]): Claims {
  return {
    SubjectNameID: nationalId,
    ...(scopes.includes('pro_sante') && { preferred_username: nationalId }),
    otherIds: [otherId(nationalId)],
  };
}

/** In the form of Pro Santé Connect, for the activity that the user chose. */
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

/**
 * Describes the sign-in as Pro Santé Connect does: the step of the PGSSI-S (1 a password, 2 a second factor, 3 a card or
 * e-CPS), and `CARD` when a card was read. A code by mail is not a second factor (CNIL 2025-019).
 */
function pscAuthentication({ means, proof }: Session, { amr }: Level): Record<string, string> {
  const step = OF_CARDS.includes(means) ? 3 : amr.includes('mfa') ? 2 : 1;
  const isCard = means === 'cpx' || proof.card === true;
  return { Palier_Authentification: `APPPRIP${step}^${STEPS}`, ...(isCard && { authMode: 'CARD' }) };
}
