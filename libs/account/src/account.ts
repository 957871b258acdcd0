export type AccountStatus = 'ACTIVE' | 'INVITED' | 'DEACTIVATED';
export type CodeChannel = 'EMAIL' | 'SMS';
export type Locale = 'fr' | 'en';

/** The mobile number that the codes go to, and nothing else: no other feature may read it. */
export interface Phone {
  /** E.164. */
  number: string;
  /** When its owner proved it by a code; null while « Non validé ». */
  verifiedAt: Date | null;
}

/** A person who may sign in. */
export interface Account {
  id: string;
  username: string;
  email: string;
  displayName: string;
  locale: Locale;
  status: AccountStatus;
  roles: string[];
  structure: { id: string; name: string } | null;
  phone: Phone | null;
  codeChannel: CodeChannel;
  /** idNat_PS, such as `899700366240`: how a card or Pro Santé Connect names the person. */
  nationalId: string | null;
  /** PHC string; null until the person chose a password. */
  passwordDigest: string | null;
  passwordChangedAt: Date | null;
  /** When the person last proved who they are. */
  lastSignedInAt: Date | null;
  createdAt: Date;
  /** Grows by one with every change that a person or an administrator makes. */
  version: number;
}

/** What an account starts with. */
export interface AccountDraft {
  username: string;
  email: string;
  displayName: string;
  locale?: Locale;
  status?: AccountStatus;
  roles?: readonly string[];
  structureId?: string | null;
  nationalId?: string | null;
  passwordDigest?: string | null;
}
