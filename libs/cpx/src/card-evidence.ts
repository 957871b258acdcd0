import type { AuditData } from '@portillon/audit';
import { maskNationalId } from '@portillon/kernel';
import { Card } from './card.types';

/** What the journal keeps of a card: enough to find it, too little to be it. */
export function evidenceOf(card: Card): AuditData {
  return {
    cardSerial: card.cardSerial,
    cardType: card.cardType,
    nationalId: maskNationalId(card.nationalId),
  };
}

/** What a ticket carries from the card's origin to the pages'. */
export interface CardProof {
  nationalId: string;
  evidence: AuditData;
}

export function proofOf(card: Card): CardProof {
  return { nationalId: card.nationalId, evidence: evidenceOf(card) };
}
