/** What the journal can say, by subject, as its filter offers it; at most 20 in one, which is what the API takes. */
export const journalActs = {
  signIn: [
    'authn_login_success',
    'authn_login_fail',
    'authn_login_fail_max',
    'authn_login_lock',
    'authn_logout',
    'authn_step_up',
    'authn_passkey_fail',
    'session_revoked',
  ],
  codes: [
    'authn_code_sent',
    'authn_code_fail',
    'authn_code_lock',
    'browser_remembered',
    'browser_forgotten',
    'browser_reuse_detected',
  ],
  password: [
    'authn_password_change',
    'authn_password_change_fail',
    'authn_password_reset_request',
    'authn_password_reset',
    'authn_password_reset_fail',
  ],
  factors: [
    'email_changed',
    'email_change_requested',
    'email_change_confirmed',
    'email_change_cancelled',
    'email_change_applied',
    'phone_changed',
    'phone_removed',
    'phone_verified',
    'code_channel_changed',
    'authn_factors_reset',
    'card_linked',
    'card_link_fail',
    'ecps_linked',
    'ecps_link_fail',
    'identity_linked',
    'identity_unlinked',
    'locale_changed',
  ],
  means: [
    'passkey_added',
    'passkey_renamed',
    'passkey_removed',
    'passkey_identity_proven',
    'totp_added',
    'totp_removed',
  ],
  accounts: [
    'user_created',
    'user_invited',
    'user_invitation_resent',
    'user_activated',
    'user_activated_fail',
    'user_updated',
    'privilege_permissions_changed',
    'authn_unlock',
    'user_archived',
    'user_reactivated',
    'user_deleted',
    'users_imported',
    'user_import_started',
    'user_import_undone',
    'erasure_requested',
    'erasure_withdrawn',
  ],
  structures: ['structure_created', 'structure_updated', 'policy_changed'],
  webhooks: [
    'webhook_created',
    'webhook_updated',
    'webhook_secret_replaced',
    'webhook_deleted',
    'webhook_tested',
    'webhook_replayed',
    'webhook_disabled',
  ],
  applications: [
    'application_created',
    'application_updated',
    'application_disabled',
    'application_enabled',
    'application_secret_issued',
    'application_secret_ended',
    'application_entered',
    'application_refused',
    'application_left',
    'signing_key_next',
    'signing_key_rotate',
  ],
  emergency: ['authz_admin'],
  rights: ['authz_fail', 'sensitive_read', 'data_exported', 'audit_purge_mismatch'],
} as const;

export type JournalSubject = keyof typeof journalActs;

/** The names that a choice of the filter stands for: a whole subject (`subject:codes`), one act, or all of them. */
export function namesOf(choice: string): string[] | undefined {
  if (!choice) return undefined;
  const subject = /^subject:(\w+)$/.exec(choice)?.[1];
  if (subject === undefined) return [choice];
  return Object.hasOwn(journalActs, subject) ? [...journalActs[subject as JournalSubject]] : undefined;
}
