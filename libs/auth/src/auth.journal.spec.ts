import type { EventCount } from '@portillon/audit';
import { authCounts } from './auth.journal';

const counted = (name: keyof typeof authCounts, reason: string | null = null): EventCount[] =>
  authCounts[name]({ reason, data: null });
const metrics = (name: keyof typeof authCounts, reason: string | null = null) =>
  counted(name, reason).map(({ metric }) => metric);

describe('the statistics of signing in', () => {
  it('count a code that had expired apart from one that was wrong', () => {
    expect(metrics('authn_code_fail', 'expired')).toEqual(['code-expired']);
    expect(metrics('authn_code_fail', 'rejected')).toEqual(['code-refused']);
  });

  it('count a lock by codes as the refusal that it is, too', () => {
    expect(counted('authn_code_lock')).toEqual([
      { metric: 'code-refused' },
      { metric: 'lock', means: 'code' },
    ]);
    expect(counted('authn_login_lock')).toEqual([{ metric: 'lock', means: 'password' }]);
  });

  it('count a sign-in, and a code that was sent, as what they are', () => {
    expect([metrics('authn_login_success'), metrics('authn_code_sent')]).toEqual([
      ['sign-in'],
      ['code-sent'],
    ]);
  });

  it('count every refused sign-in, the last one before a lock too', () => {
    expect([metrics('authn_login_fail'), metrics('authn_login_fail_max')]).toEqual([
      ['refusal'],
      ['refusal'],
    ]);
  });
});
