/** The accounts that may use each kind of link, and its journal event. */
export const LINK_KINDS = {
  INVITATION: { status: 'INVITED', event: 'user_activated', refusal: 'user_activated_fail' },
  PASSWORD_RESET: {
    status: 'ACTIVE',
    event: 'authn_password_reset',
    refusal: 'authn_password_reset_fail',
  },
} as const;
