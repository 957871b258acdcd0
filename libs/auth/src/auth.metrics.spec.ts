import '@portillon/notification';
import type { AuditEvent, AuditService } from '@portillon/audit';
import { MetricsRegistry } from '@portillon/kernel';
import { AuthMetrics } from './auth.metrics';
import type { SmsBudgetService } from './limits/sms-budget.service';

function metricsAfter(...events: object[]): Promise<string> {
  const registry = new MetricsRegistry();
  let record: (event: AuditEvent) => void = () => undefined;
  const audit = { onRecorded: (listener: typeof record) => void (record = listener) };
  const budget = { state: async () => ({ used: 3, max: 2_000 }) };
  new AuthMetrics(registry, audit as AuditService, budget as SmsBudgetService);
  for (const event of events) record(event as AuditEvent);
  return registry.metrics();
}

/** Those of a name that are not 0. */
async function counted(name: string, ...events: object[]): Promise<string[]> {
  const lines = (await metricsAfter(...events)).split('\n');
  return lines.filter((line) => line.startsWith(name) && !line.endsWith(' 0'));
}

const SIGNED_IN = { name: 'authn_login_success', outcome: 'SUCCESS', means: 'password' };
const REFUSED = { outcome: 'FAILURE', means: 'password', reason: 'wrong-password' };

describe('the metrics of signing in', () => {
  it('count sign-ins, refusals, delays and lockouts, by means', async () => {
    const found = await counted(
      'portillon_sign_ins_total',
      SIGNED_IN,
      { ...SIGNED_IN, means: 'passkey' },
      { ...REFUSED, name: 'authn_login_fail' },
      { ...REFUSED, name: 'authn_login_fail_max' },
      { ...REFUSED, name: 'authn_login_lock' },
      { name: 'authn_logout', outcome: 'SUCCESS', means: 'password' },
    );
    expect(found).toEqual([
      'portillon_sign_ins_total{means="password",outcome="success"} 1',
      'portillon_sign_ins_total{means="passkey",outcome="success"} 1',
      'portillon_sign_ins_total{means="password",outcome="refused"} 1',
      'portillon_sign_ins_total{means="password",outcome="delayed"} 1',
      'portillon_sign_ins_total{means="password",outcome="locked"} 1',
    ]);
  });

  it('count the outcomes of codes, for every purpose', async () => {
    const code = { channel: 'SMS', outcome: 'FAILURE' };
    const found = await counted(
      'portillon_codes_total',
      { name: 'authn_code_sent', outcome: 'SUCCESS', channel: 'SMS' },
      { ...code, name: 'authn_code_fail', reason: 'expired' },
      { ...code, name: 'authn_code_lock', reason: 'locked' },
      { name: 'phone_verified', outcome: 'SUCCESS', channel: 'SMS', data: { codeAgeSeconds: 12 } },
    );
    expect(found).toEqual([
      'portillon_codes_total{channel="SMS",event="sent"} 1',
      'portillon_codes_total{channel="SMS",event="accepted"} 1',
      'portillon_codes_total{channel="SMS",event="expired"} 1',
      'portillon_codes_total{channel="SMS",event="locked"} 1',
    ]);
  });

  it('measure how long after its sending a code is entered', async () => {
    const accepted = { ...SIGNED_IN, channel: 'EMAIL', data: { codeAgeSeconds: 75 } };
    expect(await counted('portillon_code_entry_seconds_bucket{le="90"', accepted)).toEqual([
      'portillon_code_entry_seconds_bucket{le="90",channel="EMAIL"} 1',
    ]);
    expect(await counted('portillon_code_entry_seconds_bucket{le="60"', accepted)).toEqual([]);
  });

  it('show how much of the SMS budget is used', async () => {
    expect(await counted('portillon_sms_budget')).toEqual([
      'portillon_sms_budget_used 3',
      'portillon_sms_budget_limit 2000',
    ]);
  });
});
