/** Secret for a new app, shown once. */
export interface BegunTotp {
  /** Base32. */
  secret: string;
  /** `otpauth://totp/…`, for the QR code. */
  uri: string;
}

/** A person's app with its decrypted secret, which must not leave the domain. */
export interface OpenTotp {
  accountId: string;
  secret: string;
  lastStep: number;
}

/** An accepted code that is not used yet. */
export interface TotpStep extends OpenTotp {
  step: number;
}
