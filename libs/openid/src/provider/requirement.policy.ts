import type { AcrOfMeans, ApplicationEntity } from '@portillon/application';
import { SECOND } from '@portillon/kernel';
import { isSupported, Level, Proof, reachesOneOf } from './level.policy';

/** How long a proof for one request remains valid beyond its `max_age`. */
const ANSWER_SECONDS = 60;

/** The requirements of an application for a session. */
export interface Requirement {
  /** The session must reach one value of each list: the client's, and the one in the application's settings. */
  acr: string[][];
  /** Maximum seconds since the latest proof; null when any age is accepted. */
  maxAge: number | null;
  /** Whether the user must prove it again for this request. */
  anew: boolean;
}

/** The request's parameters that require something of the session. */
export interface AskedParameters {
  acr_values?: string;
  claims?: string;
  max_age?: number | string;
  prompt?: string;
}

export function requirementOf(
  asked: AskedParameters,
  application: Pick<ApplicationEntity, 'minAcr' | 'maxAgeSeconds'>,
): Requirement {
  const ages = [asked.max_age, application.maxAgeSeconds].filter((age) => age !== undefined && age !== null);
  const wanted = [
    asked.acr_values?.split(' ') ?? [],
    essentialAcr(asked.claims),
    [application.minAcr ?? []].flat(),
  ];
  return {
    acr: wanted.filter((values) => values.length > 0),
    maxAge: ages.length === 0 ? null : Math.min(...ages.map(Number)),
    anew: asked.prompt?.split(' ').includes('login') ?? false,
  };
}

/** Whether no sign-in of this service can ever reach it. */
export function isOutOfReach({ acr }: Requirement, acrOfMeans: AcrOfMeans): boolean {
  return acr.some((values) => !isSupported(values, acrOfMeans));
}

export function reachesLevel(level: Level, { acr }: Requirement): boolean {
  return acr.every((values) => reachesOneOf(level, values));
}

/** Whether the proof is no older than `max_age`. */
export function isRecent({ provedAt }: Pick<Proof, 'provedAt'>, { maxAge }: Requirement, now: Date): boolean {
  return maxAge === null || age(provedAt, now) <= maxAge;
}

/**
 * Like {@link isRecent}, for a proof given since the request began: `max_age=0` requires a proof now. It stays valid for
 * one minute, in which the user answers the other pages.
 */
export function isRecentForRequest(
  proof: Pick<Proof, 'provedAt'>,
  requirement: Requirement,
  now: Date,
): boolean {
  return isRecent(proof, requirement, now) || age(proof.provedAt, now) <= ANSWER_SECONDS;
}

/** Returns the level that a page shows to the user; null when the application requests none. */
export function askedLevel({ acr }: Requirement): string | null {
  return acr.at(-1)?.[0] ?? null;
}

/** `claims.id_token.acr` when it is essential: the only way for a client to require it (OpenID Connect Core, 5.5.1.1). */
function essentialAcr(claims: string | undefined): string[] {
  if (claims === undefined) return [];
  const stated = JSON.parse(claims) as { id_token?: { acr?: EssentialAcr | null } | null };
  const acr = stated.id_token?.acr;
  if (!acr?.essential) return [];
  return [acr.values ?? acr.value ?? []].flat().map(String);
}

interface EssentialAcr {
  essential?: boolean;
  value?: unknown;
  values?: unknown[];
}

function age(provedAt: Date, now: Date): number {
  return (now.getTime() - provedAt.getTime()) / SECOND;
}
