import type { AuditData } from '@portillon/audit';
import { maskNationalId } from '@portillon/kernel';
import { Card } from './card.types';

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
