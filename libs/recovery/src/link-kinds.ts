/** The accounts that may use each kind of link, and its journal event. */
export const LINK_KINDS = {
  INVITATION: { status: 'INVITED', event: 'user_activated', refusal: 'user_activated_fail' },
  PASSWORD_RESET: {
    status: 'ACTIVE',
    event: 'authn_password_reset',
    refusal: 'authn_password_reset_fail',
  },
  EVENT_REPORT: { status: 'ACTIVE', event: 'event_reported', refusal: 'event_reported_fail' },
} as const;
export type LinkKind = keyof typeof LINK_KINDS;
