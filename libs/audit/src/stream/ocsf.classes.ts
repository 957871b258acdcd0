/** A class of OCSF 1.1 and what was done in its terms. */
export interface OcsfAct {
  category: { uid: 3; name: 'Identity & Access Management' };
  class: { uid: number; name: string };
  activity: { id: number; name: string };
}

const IAM = { uid: 3, name: 'Identity & Access Management' } as const;
const ACCOUNT_CHANGE = { uid: 3001, name: 'Account Change' };
export const AUTHENTICATION = { uid: 3002, name: 'Authentication' };
const AUTHORIZE_SESSION = { uid: 3003, name: 'Authorize Session' };
export const ENTITY_MANAGEMENT = { uid: 3004, name: 'Entity Management' };
const OTHER = { id: 99, name: 'Other' };

type Rule = [name: RegExp, ocsfClass: OcsfAct['class'], activity: OcsfAct['activity']];

/**
 * By the form of an event's name, which is that of the OWASP vocabulary: the first rule that fits. The last ones fit every
 * name, so that the events of a lib of another team are mapped too.
 */
const RULES: Rule[] = [
  [/^authn_(login|code)_lock$/, ACCOUNT_CHANGE, { id: 9, name: 'Lock' }],
  [/^authn_unlock$/, ACCOUNT_CHANGE, { id: 2, name: 'Enable' }],
  [/^authn_password_change/, ACCOUNT_CHANGE, { id: 3, name: 'Password Change' }],
  [/^authn_password_reset/, ACCOUNT_CHANGE, { id: 4, name: 'Password Reset' }],
  [/^authn_factors_reset$/, ACCOUNT_CHANGE, { id: 11, name: 'MFA Factor Disable' }],
  // A sent code is no sign-in yet: who counts the successes of Logon counts sign-ins.
  [/^(authn_code_sent|authn_step_up)$/, AUTHENTICATION, OTHER],
  [/^(authn_logout|session_revoked|application_left)$/, AUTHENTICATION, { id: 2, name: 'Logoff' }],
  [
    /^(authn_|application_(entered|refused)$|browser_reuse_detected$)/,
    AUTHENTICATION,
    { id: 1, name: 'Logon' },
  ],
  [/^browser_/, AUTHENTICATION, OTHER],
  [/^authz_/, AUTHORIZE_SESSION, OTHER],
  [/^(user_(created|invited|import_started)|users_imported)$/, ACCOUNT_CHANGE, { id: 1, name: 'Create' }],
  [/^user_(re)?activated/, ACCOUNT_CHANGE, { id: 2, name: 'Enable' }],
  [/^user_archived$/, ACCOUNT_CHANGE, { id: 5, name: 'Disable' }],
  [/^user_(deleted|import_undone)$/, ACCOUNT_CHANGE, { id: 6, name: 'Delete' }],
  [/^privilege_/, ACCOUNT_CHANGE, { id: 7, name: 'Attach Policy' }],
  [
    /^((passkey|totp)_added|recovery_codes_created|phone_verified|passkey_identity_proven|(card|ecps)_link|identity_linked)/,
    ACCOUNT_CHANGE,
    { id: 10, name: 'MFA Factor Enable' },
  ],
  [
    /^((passkey|totp|phone)_removed|recovery_codes_ended|identity_unlinked)$/,
    ACCOUNT_CHANGE,
    { id: 11, name: 'MFA Factor Disable' },
  ],
  [/^data_exported$|_(read|tested)$/, ENTITY_MANAGEMENT, { id: 2, name: 'Read' }],
  [
    /^(user|account|email|mail_address|phone|passkey|totp|locale|code_channel|erasure|identity)_/,
    ACCOUNT_CHANGE,
    OTHER,
  ],
  [/_(created|issued|next)$/, ENTITY_MANAGEMENT, { id: 1, name: 'Create' }],
  [/_(deleted|ended|cleared|removed)$/, ENTITY_MANAGEMENT, { id: 4, name: 'Delete' }],
  [
    /_(created|updated|changed|replaced|rotate|enabled|disabled|replayed|restored)$/,
    ENTITY_MANAGEMENT,
    { id: 3, name: 'Update' },
  ],
  [/^/, ENTITY_MANAGEMENT, OTHER],
];

/** How OCSF calls the event of this name. */
export function ocsfActOf(name: string): OcsfAct {
  const [, ocsfClass, activity] = RULES.find(([form]) => form.test(name))!;
  return { category: IAM, class: ocsfClass, activity };
}
