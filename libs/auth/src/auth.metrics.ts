import { Injectable } from '@nestjs/common';
import { AuditEvent, AuditService, EventName } from '@portillon/audit';
import { channelNames, MetricsRegistry, SECOND } from '@portillon/kernel';
import { Counter, Gauge, Histogram } from 'prom-client';
import './auth.journal';
import { SmsBudgetService } from './limits/sms-budget.service';

const SIGN_INS: Partial<Record<EventName, string>> = {
  authn_login_success: 'success',
  authn_login_fail: 'refused',
  authn_login_fail_max: 'delayed',
  authn_login_lock: 'locked',
};
const CODES: Partial<Record<EventName, string>> = {
  authn_code_sent: 'sent',
  authn_code_fail: 'refused',
  authn_code_lock: 'locked',
};
const CODE_EVENTS = ['sent', 'accepted', 'none', 'rejected', 'expired', 'exhausted', 'locked'];
/** Around the 90 s in which nine codes in ten are to be entered. */
const ENTRY_BUCKETS = [5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600];

/** Signing in and its codes, counted from the lines of the journal that this process has committed. */
@Injectable()
export class AuthMetrics {
  readonly #signIns: Counter;
  readonly #codes: Counter;
  readonly #entry: Histogram;
  readonly #password: Histogram;

  constructor(registry: MetricsRegistry, audit: AuditService, budget: SmsBudgetService) {
    const registers = [registry];
    this.#signIns = new Counter({
      name: 'portillon_sign_ins_total',
      help: 'Sign-ins by means and outcome: success, refused, delayed, locked.',
      labelNames: ['means', 'outcome'],
      registers,
    });
    this.#codes = new Counter({
      name: 'portillon_codes_total',
      help: 'Codes by channel, and what became of them: sent, accepted, or why one was refused.',
      labelNames: ['channel', 'event'],
      registers,
    });
    this.#entry = new Histogram({
      name: 'portillon_code_entry_seconds',
      help: 'From the sending of a code to its entry.',
      labelNames: ['channel'],
      buckets: ENTRY_BUCKETS,
      registers,
    });
    this.#password = new Histogram({
      name: 'portillon_password_seconds',
      help: 'From a right password to the session or the sign-in that waits for its code; handing on the code is not in it.',
      buckets: [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2, 5, 10],
      registers,
    });
    for (const channel of channelNames()) this.#startAtZero(channel);
    addBudget(registry, budget);
    audit.onRecorded((event) => this.#count(event));
  }

  /** How long users with the right password wait for the service itself, in `ms`. The target is half a second for 99 %. */
  observePassword(ms: number): void {
    this.#password.observe(ms / SECOND);
  }

  /** A rate of a series that begins with its first event misses that event. */
  #startAtZero(channel: string): void {
    for (const event of CODE_EVENTS) this.#codes.inc({ channel, event }, 0);
    this.#entry.zero({ channel });
  }

  #count(event: AuditEvent): void {
    const { name, means = '', channel = '', reason, data } = event;
    const outcome = SIGN_INS[name];
    if (outcome) this.#signIns.inc({ means, outcome });
    const code = CODES[name];
    if (code) this.#codes.inc({ channel, event: code === 'refused' ? reason : code });
    const age = data?.codeAgeSeconds;
    if (event.outcome !== 'SUCCESS' || typeof age !== 'number') return;
    this.#codes.inc({ channel, event: 'accepted' });
    this.#entry.observe({ channel }, age);
  }
}

function addBudget(registry: MetricsRegistry, budget: SmsBudgetService): void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const used = gauge('portillon_sms_budget_used', 'SMS that left since the budget of a day began to run.');
  const limit = gauge('portillon_sms_budget_limit', 'SMS that may leave in a day: SMS_DAILY_BUDGET.');
  registry.readAtScrape([used, limit], async () => {
    const state = await budget.state();
    used.set(state.used);
    limit.set(state.max);
  });
}
