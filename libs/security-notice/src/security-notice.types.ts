import type { Client } from '@portillon/http';
import { configurableModule } from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';

/** The kinds of notices that people receive by mail. */
export const NOTICE_KINDS = [
  'new-browser',
  'browser-reuse',
  'password-changed',
  'password-renewal',
  'mail-changed',
  'mail-replaced',
  'mail-change-requested',
  'identity-link-requested',
  'rights-change-requested',
  'erasure-requested',
  'erasure-due',
  'phone-added',
  'phone-changed',
  'phone-removed',
  'channel-changed',
  'account-locked',
  'codes-exhausted',
  'identity-linked',
  'identity-unlinked',
  'identity-verified',
  'identity-asked',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'passkey-misused',
  'passkey-ended',
  'passkey-identity-proven',
  'totp-added',
  'totp-removed',
  'recovery-codes-created',
  'recovery-codes-ended',
  'recovery-code-used',
  'username-changed',
  'rights-changed',
  'membership-opened',
  'membership-ended',
  'hand-over-requested',
  'account-handed-over',
  'account-unlocked',
  'account-closed',
  'emergency-access',
  'long-absence',
  'moved-password-ending',
  'event-reported',
  'incident-sessions-ended',
  'incident-passwords-renewed',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** The kinds that go to a mailbox which an administrator replaced: its reader may alert administrators, no more. */
export const ALERTING_KINDS: readonly string[] = ['mail-replaced'] satisfies NoticeKind[];

/** The kinds whose mail has a link by which its reader reports that the event was not theirs. */
export const REPORTABLE_KINDS: readonly string[] = [
  'mail-replaced',
  'new-browser',
  'password-changed',
  'mail-changed',
  'mail-change-requested',
  'identity-link-requested',
  'rights-change-requested',
  'phone-added',
  'phone-changed',
  'phone-removed',
  'channel-changed',
  'identity-linked',
  'passkey-added',
  'totp-added',
  'recovery-codes-created',
  'recovery-code-used',
] satisfies NoticeKind[];

/** With so many recovery codes or fewer their person is asked to make new ones. */
export const FEW_LEFT = 3;

export interface NoticeDetails {
  /** Whence it was done; left out when no request did it. */
  client?: Pick<Client, 'address' | 'userAgent'>;
  /** The actor, when it was not the person. */
  by?: 'administrator';
  /** Receives the notice instead of the account's address: the address before a change. */
  to?: string;
  /** The channel that codes come by now. */
  channel?: Channel;
  /** How many recovery codes are left. */
  left?: number;
  /** An access that ends then; an account that is blocked, changes or is erased then. */
  until?: Date;
  /** The person whom an emergency access is for, when the reader is another. */
  about?: string;
  /** The structure that a person joined or left, or whose people alone an answer to an incident was about. */
  structure?: string;
  /** The named deciders. */
  deciders?: readonly string[];
}

export interface SecurityNoticeOptions {
  /** The name of the service, as mails call it. */
  serviceName: string;
  /**
   * The public origin. Default: none; notices then have no link. With it, the link « Ce n’était pas moi » leads to its page
   * `/ce-n-etait-pas-moi`.
   */
  publicUrl?: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: SECURITY_NOTICE_OPTIONS } =
  configurableModule<SecurityNoticeOptions>();
