import type { EventCounts } from '@portillon/audit';
import './auth.journal';

/** The sign-in events that statistics count. An expired code is no guess. */
export const authCounts = {
  authn_login_success: () => [{ metric: 'sign-in' }],
  authn_login_fail: () => [{ metric: 'refusal' }],
  authn_login_fail_max: () => [{ metric: 'refusal' }],
  authn_login_lock: () => [{ metric: 'lock', means: 'password' }],
  authn_code_sent: () => [{ metric: 'code-sent' }],
  authn_code_fail: ({ reason }) => [{ metric: reason === 'expired' ? 'code-expired' : 'code-refused' }],
  authn_code_lock: () => [{ metric: 'code-refused' }, { metric: 'lock', means: 'code' }],
} satisfies EventCounts;
