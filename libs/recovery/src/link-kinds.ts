/** Who may use a link of each kind, and what the journal calls it. */
export const LINK_KINDS = {
  INVITATION: { status: 'INVITED', event: 'user_activated', refusal: 'user_activated_fail' },
  PASSWORD_RESET: {
    status: 'ACTIVE',
    event: 'authn_password_reset',
    refusal: 'authn_password_reset_fail',
  },
} as const;
