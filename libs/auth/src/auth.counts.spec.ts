import { authCounts } from './auth.counts';

const metrics = (name: keyof typeof authCounts, reason: string | null = null) =>
  authCounts[name]({ reason, data: null }).map(({ metric }) => metric);

describe('the statistics of signing in', () => {
  it('count a code that had expired apart from one that was wrong', () => {
    expect(metrics('authn_code_fail', 'expired')).toEqual(['code-expired']);
    expect(metrics('authn_code_fail', 'rejected')).toEqual(['code-refused']);
  });

  it('count a lock by codes as the refusal that it is, too', () => {
    expect(metrics('authn_code_lock')).toEqual(['code-refused', 'lock']);
    expect(metrics('authn_login_lock')).toEqual(['lock']);
  });

  it('count every refused sign-in, the last one before a lock too', () => {
    expect([metrics('authn_login_fail'), metrics('authn_login_fail_max')]).toEqual([
      ['refusal'],
      ['refusal'],
    ]);
  });
});
