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
