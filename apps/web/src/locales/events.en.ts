import type { eventsFr } from './events.fr';

/** What the journal says that happened: a sentence for each word of the OWASP logging vocabulary that the API writes. */
export const eventsEn: typeof eventsFr = {
  events: {
    names: {
      authn_login_success: 'Signed in',
      authn_login_fail: 'Sign-in refused',
      authn_login_fail_max: 'Sign-in blocked after too many tries',
      authn_login_lock: 'Account locked for a while',
      authn_code_sent: 'Code sent',
      authn_code_fail: 'Code refused',
      authn_code_lock: 'Entry of codes locked for a while',
      authn_step_up: 'New code given while signed in',
      authn_logout: 'Signed out',
      authn_password_change: 'Password changed',
      authn_password_change_fail: 'Password change refused',
      session_revoked: 'Sign-in closed',
      browser_remembered: 'Browser recognised for your next sign-ins',
      browser_forgotten: 'Browser forgotten',
      browser_reuse_detected: 'Browser forgotten for safety: an old key of it was presented',
      phone_changed: 'Phone number changed',
      phone_removed: 'Phone number removed',
      phone_verified: 'Phone number verified',
      code_channel_changed: 'Way to get codes changed',
      locale_changed: 'Language changed',
      card_linked: 'Card linked to your account',
      card_link_fail: 'Linking of a card refused',
      other: 'Other security event',
    },
  },
};
