import type { Device } from '../session/session.types';

/** One browser, remembered for one person. */
export interface TrustedDevice {
  id: string;
  accountId: string;
  codeAcceptedAt: Date;
  /** Until then, this person needs no code in this browser. Fixed by the code: no use extends it. */
  codeValidUntilAt: Date;
  /** Whether that is still ahead. Says no for good once it has, even when the clock steps back. */
  codeStillValid: boolean;
  createdAt: Date;
  lastUsedAt: Date;
  device: Device;
}

/** What the cookie says about one person. `token` is the one to rotate once the password is checked. */
export type DeviceRecognition =
  | { status: 'unknown' }
  | { status: 'recognised'; browser: TrustedDevice; token: string }
  | { status: 'reused'; browserId: string };
