import { activitiesOf, type Identity, namesOf, nationalIdOf, type PersonClaims } from './identity';
import { Correlation, ProviderService, VerifiedPerson } from './provider.service';
import { rejected } from './provider-failure';
import { unproven } from '../refusal';

const AMR_WORD = /^[\w-]{1,20}$/;
const MOST_AMR_WORDS = 8;
const LONGEST_SID = 255;
/** Words of `amr` for the means that are PSC's own. A provider to which it delegates has those of RFC 8176. */
const OWN_MEANS = ['ecps', 'cps'];

/**
 * Gets from PSC the identity of the user who returns. `query`: of the way back, with its `?`. @throws Unproven
 */
export async function identify(
  provider: ProviderService,
  query: string,
  correlation: Correlation,
): Promise<Identity> {
  let subject: string | undefined;
  try {
    const proven = await provider.identify(query, correlation);
    subject = proven.token.sub;
    return toIdentity(proven);
  } catch (error) {
    throw unproven(error, subject);
  }
}

/** @throws AppError `identity.rejected` when PSC states no national id. */
function toIdentity({ idToken, token, claims }: VerifiedPerson): Identity {
  const nationalId = nationalIdOf(claims);
  if (!nationalId) throw rejected('no-national-id');
  const { sid, auth_time: authTime } = token;
  const amr = amrOf(token['amr']);
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

function amrOf(stated: unknown): string[] {
  if (!Array.isArray(stated)) return [];
  return stated.filter((one): one is string => AMR_WORD.test(String(one))).slice(0, MOST_AMR_WORDS);
}
