import type { AuditData } from '@portillon/audit';
import { maskNationalId } from '@portillon/kernel';

/** Why a certificate is refused, for the journal. Users get one answer and a page that helps. */
export type CardRefusal =
  | 'malformed'
  | 'unknown-authority'
  | 'not-a-person-authority'
  | 'not-yet-valid'
  | 'expired'
  | 'weak-algorithm'
  | 'not-for-authentication'
  | 'unknown-critical-extension'
  | 'not-a-card'
  | 'test-card'
  | 'not-nominative'
  | 'unclear-identity'
  | 'revoked'
  | 'revocation-unknown';

export type CardType = 'CPS' | 'CPF' | 'CPE' | 'CPA' | 'unknown';

/** The holder of a card, from its certificate. */
export interface Card {
  /** idNat_PS: a type digit and the identifier, such as `899700366240` or `30B0057881/CPET0002`. */
  nationalId: string;
  surname: string | null;
  givenName: string | null;
  title: string | null;
  cardType: CardType;
  /** Issuer and number of the card, such as `8025000001/2600366240`. */
  cardSerial: string;
  /** The structure of a CPE or a CPA. */
  structure: { id: string; name: string | null } | null;
  test: boolean;
}

/** The journal's facts of a card: enough to find it, too little to forge it. */
export function evidenceOf(card: Card): AuditData {
  return {
    cardSerial: card.cardSerial,
    cardType: card.cardType,
    nationalId: maskNationalId(card.nationalId),
  };
}

/** The content of a ticket from the card's origin to the pages'. */
export interface CardProof {
  nationalId: string;
  evidence: AuditData;
}

export function proofOf(card: Card): CardProof {
  return { nationalId: card.nationalId, evidence: evidenceOf(card) };
}
