import { mount } from '@vue/test-utils';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { NOW } from '../../../../test/samples';
import type { AdminEvent } from '../../../api/types';
import { loadMessages } from '../../../locales';
import { daysOf } from './journal-days';
import JournalDetail from './JournalDetail.vue';
import JournalLine from './JournalLine.vue';

vi.mock('../../../api/journal.api', () => ({ listEvents: async () => ({ items: [], nextCursor: null }) }));

const event = (changes: Partial<AdminEvent> = {}): AdminEvent => ({
  id: 'e1',
  at: new Date(NOW).toISOString(),
  name: 'authn_login_success',
  outcome: 'SUCCESS',
  account: { id: 'a1', username: 'claire.martin', displayName: 'Claire Martin' },
  actor: null,
  structure: null,
  application: null,
  means: 'password',
  channel: null,
  address: '192.0.2.7',
  device: null,
  requestId: null,
  reason: null,
  data: null,
  seal: null,
  ...changes,
});
const rowOf = (changes: Partial<AdminEvent>) => daysOf([event(changes)])[0]!.rows[0]!;
const row = (changes: Partial<AdminEvent>) =>
  mount(JournalLine, { props: { row: rowOf(changes), open: false, national: false, withAddress: true } });
/** Texts of the drawer for this line. */
const line = (changes: Partial<AdminEvent>) =>
  mount(JournalDetail, { props: { row: rowOf(changes) }, global: { stubs: { RouterLink: true } } });

beforeAll(() =>
  Promise.all([loadMessages('journal'), loadMessages('events'), loadMessages('my-account')]).then(
    () => undefined,
  ),
);

describe('a line of the journal', () => {
  it('shows the event, the person and the time in Paris', () => {
    expect(row({}).text()).toContain('Connexion réussie');
    expect(row({}).text()).toContain('12:00:00');
    const text = line({}).text();
    expect(text).toContain('Claire Martin (claire.martin)');
    expect(text).toContain('24/11/2026 12:00:00');
  });

  it('has a button with a distinct name', () => {
    expect(row({}).get('button').text()).toMatch(/^Connexion réussie\s*12:00:00\s*Claire Martin$/);
    expect(row({ account: null }).get('button').text()).toMatch(/^Connexion réussie\s*12:00:00$/);
  });

  it('names the application', () => {
    const application = { id: 'x1', name: 'Orientation' };
    const entered = { name: 'application_entered', application, data: { application: 'x1' } };
    expect(row(entered).text()).toContain('Orientation');
    expect(line(entered).text()).toContain('Orientation');
  });

  it('shows a refusal as text, with an icon', () => {
    const refused = row({ name: 'authn_login_fail', outcome: 'FAILURE' });
    expect(refused.text()).toContain('Refusé');
    expect(refused.find('svg').exists()).toBe(true);
  });

  it('has a colour only for a refusal, or for emergency access', () => {
    expect(row({}).get('button').classes().join(' ')).not.toMatch(/success|danger/);
    expect(row({ outcome: 'FAILURE' }).get('button').classes().join(' ')).toContain('danger');
  });

  it("shows the reason as text, and an administrator's text unchanged", () => {
    const reason = 'deactivated-wrong-password';
    const refused = line({ name: 'authn_login_fail', outcome: 'FAILURE', reason });
    expect(refused.text()).toContain('Le compte est désactivé, et le mot de passe était faux');
    expect(line({ name: 'user_archived', reason: 'long-absence' }).text()).toContain(
      'Aucune connexion depuis',
    );
    const actor = { id: 'a3', username: 'nadia', displayName: 'Nadia' };
    expect(line({ name: 'user_archived', reason: 'role', actor }).text()).toContain('role');
  });

  it('describes a failed check in a sentence', () => {
    const refused = line({
      name: 'authn_login_fail',
      outcome: 'FAILURE',
      data: { detail: 'userinfo-subject' },
    });
    expect(refused.text()).toContain('Les renseignements sont ceux d’une autre personne');
    const forged = line({ name: 'authn_login_fail', outcome: 'FAILURE', data: { why: 'untrusted-address' } });
    expect(forged.text()).toContain('L’en-tête ne vient pas de l’adresse d’un serveur de confiance');
  });

  it('shows the channel of a code', () => {
    expect(line({ name: 'authn_code_sent', channel: 'EMAIL' }).text()).toContain('Code pare‑mail');
  });

  it('distinguishes an export of accounts from one of the journal', () => {
    expect(row({ name: 'sensitive_read', data: { what: 'accounts' } }).text()).toContain('Liste des comptes');
  });

  it('shows emergency access in red, with an icon and words, opened or closed', () => {
    const until = '2026-11-24T20:00:00.000Z';
    const data = { alarm: 'emergency-access', act: 'open', means: 'cpx', until };
    const opened = row({ name: 'authz_admin', data, reason: 'Carte perdue' });
    expect(opened.get('button').classes().join(' ')).toContain('danger');
    expect(opened.find('svg').exists()).toBe(true);
    expect(opened.text()).toContain('Accès de secours ouvert');
    expect(opened.text()).toContain('Carte perdue');
    expect(opened.text()).toContain('24/11/2026 21:00:00');
    const closed = row({ name: 'authz_admin', data: { ...data, act: 'close' } });
    expect(closed.text()).toContain('Accès de secours fermé avant son terme');
  });

  it('keeps a pseudonym for an erased person, and shows hostile names as they are', () => {
    expect(line({ account: { id: 'a9', username: null, displayName: null } }).text()).toContain(
      'pseudonyme a9',
    );
    const name = 'O\'Brien "Zoé" <b>=1+1</b>';
    const hostile = line({ account: { id: 'a2', username: 'zoe', displayName: name } });
    expect(hostile.text()).toContain(name);
    expect(hostile.find('b').exists()).toBe(false);
  });

  it('shows other facts as text, never as JSON', () => {
    const refused = line({ name: 'authz_fail', data: { act: 'accounts.unlock', account: 'a7' } }).text();
    expect(refused).toContain('ActionDébloquer un compte');
    expect(refused).toContain('Numéro du compte viséa7');
    const policy = { smsForbidden: true, codeWindowHours: 4, proSanteConnectFrom: null };
    const changed = line({ name: 'policy_changed', data: policy }).text();
    expect(changed).toContain('Pas de code par SMSOui');
    expect(changed).toContain('en heures4');
    expect(changed).toContain('obligatoireAucune');
    const filter = { names: ['authn_login_success'], from: '2026-11-24T20:00:00.000Z', outcome: 'FAILURE' };
    const exported = line({ name: 'sensitive_read', data: { what: 'events', ...filter } }).text();
    expect(exported).toContain('Actions retenues par le filtreConnexion réussie');
    expect(exported).toContain('À partir du24/11/2026 21:00:00');
    const edited = line({ name: 'user_updated', data: { fields: ['email', 'displayName'] } }).text();
    expect(edited).toContain('Champs modifiésAdresse e‑mail, Nom');
    for (const text of [refused, changed, exported, edited]) expect(text).not.toMatch(/[{}[\]]/);
  });

  it('shows data that it does not know as they are', () => {
    expect(line({ data: { novelty: { deep: 1 } } }).text()).toContain('novelty{"deep":1}');
    expect(line({ data: { act: 'constructor', toString: 'x' } }).text()).toContain('constructor');
  });

  it.each(['card_linked', 'ecps_linked', 'browser_remembered'])(
    'speaks of the account of the person, and never of « votre compte »: %s',
    (name) => {
      expect(row({ name }).get('button').text()).not.toMatch(/\bvo(tre|s)\b/);
    },
  );

  it('shows a word that it does not know as it is', () => {
    expect(row({ name: 'something_new' }).text()).toContain('something_new');
  });
});
