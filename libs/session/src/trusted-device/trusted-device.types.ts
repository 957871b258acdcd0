import type { Device } from '../session/session.types';

/** A browser that is trusted for one person. */
export interface TrustedDevice {
  id: string;
  accountId: string;
  codeAcceptedAt: Date;
  /** Until then the person needs no code in this browser. Set by the code; no use extends it. */
  codeValidUntilAt: Date;
  /** Whether that is still in the future. Once false it stays false, even when the clock steps back. */
  codeStillValid: boolean;
  createdAt: Date;
  lastUsedAt: Date;
  device: Device;
}

/** Result of reading the cookie for one person. `token`: to be rotated once the password is checked. */
export type DeviceRecognition =
  | { status: 'unknown' }
  | { status: 'recognised'; browser: TrustedDevice; token: string }
  | { status: 'reused'; browserId: string };
