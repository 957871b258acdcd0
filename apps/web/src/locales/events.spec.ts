// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { journalActs } from '../features/administration/journal-acts';
import { eventsEn } from './events.en';
import { eventsFr } from './events.fr';

/** Words of the same form that are no name of an event: reasons of an end, cookies, columns, OAuth, metrics. */
const OTHERS = new Set(
  `access_denied invalid_client server_error temporarily_unavailable logout_token
   account_name actor_name structure_name last_signed_in national_id display_name
   codes_expired codes_refused codes_sent_email codes_sent_sms codes_used_email codes_used_sms
   locks_code locks_password sign_ins sign_ins_cpx sign_ins_password_email sign_ins_password_remembered
   sign_ins_password_sms sign_ins_pro_sante_connect
   mail_changed password_changed password_reset factors_reset emergency_access_closed revoked_by_administrator
   ascii_bin card_changed identity_changed import_id`.split(/\s+/),
);
const LIBS = join(__dirname, '../../../../libs');

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(migrations|testing|generated|node_modules)$/.test(entry.name) ? [] : sources(path);
    return /(?<!\.spec)\.ts$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

/** Every word `of_this_form` that the libs which write the journal hold as a text. */
function words(): string[] {
  const writers = ['auth', 'my-account', 'administration', 'pro-sante-connect', 'cpx', 'account', 'audit'];
  const code = writers.flatMap((name) => sources(join(LIBS, name, 'src')));
  const found = code.flatMap((source) => [...source.matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)]);
  return [...new Set(found.map((match) => match[1]!))].filter((word) => !word.startsWith('portillon_'));
}

describe('the names of the journal', () => {
  it('have a sentence in both languages, for every one that the API can write', () => {
    const written = words().filter((word) => !OTHERS.has(word));
    expect(written.length).toBeGreaterThan(30);
    expect(written.filter((name) => !(name in eventsFr.events.names))).toEqual([]);
    expect(Object.keys(eventsEn.events.names)).toEqual(Object.keys(eventsFr.events.names));
  });

  it('are offered by the filter, each under one subject, at most 20 in one', () => {
    const offered = Object.values(journalActs).flat();
    const named = Object.keys(eventsFr.events.names).filter((name) => name !== 'other');
    expect([...offered].sort()).toEqual(named.sort());
    for (const names of Object.values(journalActs)) expect(names.length).toBeLessThanOrEqual(20);
  });
});
