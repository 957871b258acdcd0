import type { SessionActivity } from '@portillon/session';
import { rejected } from './provider-failure';
import type { TokenClaims } from './provider-token-verifier.service';

/** The claims of PSC about a user; every member may be missing or of another type. */
export type PersonClaims = Readonly<Record<string, unknown>>;

export interface Activity extends SessionActivity {
  /** Its place in what PSC stated: `0.1` is the second activity of the first exercice. */
  id: string;
}

/** A user whose identity PSC has proved. */
export interface Identity {
  nationalId: string;
  /** As PSC states them; null: it does not. */
  names: { givenName: string | null; familyName: string | null };
  subject: string;
  sid: string | null;
  acr: string;
  amr: string[];
  /** It read a card (`authMode`), not an e-CPS. */
  card: boolean;
  /** Another provider, such as a hospital's, proved the user to PSC. */
  delegated: boolean;
  /** `auth_time`, in seconds since 1970: when the user last authenticated at PSC; null when PSC omits it. */
  authTime: number | null;
  idToken: string;
  activities: Activity[];
}

/** The verified answers of PSC about the user who returns. */
export interface VerifiedPerson {
  idToken: string;
  token: TokenClaims;
  claims: PersonClaims;
}

const AMR_WORD = /^[\w-]{1,20}$/;
const MOST_AMR_WORDS = 8;
const LONGEST_SID = 255;
/** Words of `amr` for the means that are PSC's own. A provider to which it delegates has those of RFC 8176. */
const OWN_MEANS = ['ecps', 'cps'];

const NATIONAL_ID = /^[0-9A-Za-z./-]{4,32}$/;

const RPPS = /^8?(\d{11})$/;

/** The department of Corsica is 2A or 2B. */
const ADELI = /^0?(\d[\dAB]\d{7})$/;

const TEXT_LENGTH = 200;

/** No user has more activities; the limit keeps a hostile answer from slowing a page. */
const MOST_ACTIVITIES = 50;

/** The identity that PSC states. @throws AppError `identity.rejected` when it states no national id. */
export function identityOf({ idToken, token, claims }: VerifiedPerson): Identity {
  const nationalId = nationalIdOf(claims);
  if (!nationalId) throw rejected('no-national-id');
  const { sid, auth_time: authTime } = token;
  const amr = statedAmr(token['amr']);
  return {
    nationalId,
    names: namesOf(claims),
    subject: token.sub!,
    sid: typeof sid === 'string' && sid.length <= LONGEST_SID ? sid : null,
    acr: token['acr'] as string,
    amr,
    card: claims['authMode'] === 'CARD',
    delegated: isBrokered(token) || amr.some((word) => !OWN_MEANS.includes(word)),
    authTime: typeof authTime === 'number' ? authTime : null,
    idToken,
    activities: activitiesOf(claims),
  };
}

/** As Keycloak, which PSC is made of, names the provider that it asked. */
function isBrokered(token: PersonClaims): boolean {
  return token['identity_provider'] !== undefined;
}

function statedAmr(stated: unknown): string[] {
  if (!Array.isArray(stated)) return [];
  return stated.filter((one): one is string => AMR_WORD.test(String(one))).slice(0, MOST_AMR_WORDS);
}

/**
 * Returns the national id (idNat_PS): `SubjectNameID`, else the RPPS or ADELI among `otherIds`, with its type digit.
 * Undefined when PSC states none, a malformed one, or two that differ. Never guessed, never the mail, never `sub`.
 */
export function nationalIdOf(claims: PersonClaims): string | undefined {
  const stated = claims['SubjectNameID'];
  if (stated === undefined || stated === null || stated === '') return otherId(claims['otherIds']);
  return typeof stated === 'string' && NATIONAL_ID.test(stated) ? stated : undefined;
}

function namesOf(claims: PersonClaims): Identity['names'] {
  return { givenName: text(claims['given_name']), familyName: text(claims['family_name']) };
}

function otherId(stated: unknown): string | undefined {
  const ids = listOf(stated).map(asObject);
  return only(ids, 'RPPS', RPPS, '8') ?? only(ids, 'ADELI', ADELI, '0');
}

function only(ids: PersonClaims[], origin: string, form: RegExp, digit: string): string | undefined {
  const stated = ids.filter((one) => one['origine'] === origin).map((one) => one['identifiant']);
  const found = new Set(stated.map((one) => (typeof one === 'string' ? form.exec(one)?.[1] : undefined)));
  const [first] = found;
  return found.size === 1 && first !== undefined ? digit + first : undefined;
}

/** Every activity of every exercice; an exercice without activity counts as one. */
export function activitiesOf(claims: PersonClaims): Activity[] {
  const practices = listOf(asObject(claims['SubjectRefPro'])['exercices']).map(asObject);
  const all = practices.flatMap((practice, index) => activitiesIn(practice, index));
  return all.slice(0, MOST_ACTIVITIES);
}

function activitiesIn(practice: PersonClaims, index: number): Activity[] {
  const activities = listOf(practice['activities']).map(asObject);
  const stated = activities.length > 0 ? activities : [{}];
  return stated.map((activity, place) => toActivity(practice, activity, `${index}.${place}`));
}

function toActivity(practice: PersonClaims, activity: PersonClaims, id: string): Activity {
  return {
    id,
    profession: text(practice['codeProfession']),
    skill: text(practice['codeSavoirFaire']),
    mode: text(activity['codeModeExercice']),
    sector: text(activity['codeSecteurDactivite']),
    structure: text(activity['raisonSocialeSite']) ?? text(activity['enseigneCommercialeSite']),
    structureId: text(activity['identifiantTechniqueDeLaStructure']) ?? text(activity['numeroFinessSite']),
  };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_ACTIVITIES) : [];
}

function asObject(value: unknown): PersonClaims {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as PersonClaims) : {};
}

function text(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  // A control character must reach neither a page nor a table.
  return (
    value
      .replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, TEXT_LENGTH) || null
  );
}
