/** What an app is given: once, while it is added. */
export interface BegunTotp {
  /** Base32. */
  secret: string;
  /** `otpauth://totp/…`, for the QR code. */
  uri: string;
}

/** A person's app, its secret opened: to compare with, and never to leave the domain. */
export interface OpenTotp {
  accountId: string;
  secret: string;
  lastStep: number;
}

/** A code that was right, still to be used. */
export interface TotpStep extends OpenTotp {
  step: number;
}
