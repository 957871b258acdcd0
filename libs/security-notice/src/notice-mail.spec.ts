import '@portillon/notification';
import type { DueNotice } from '@portillon/notification';
import { noticeMail } from './notice-mail';
import { NOTICE_KINDS } from './security-notice.types';

const SERVICE = { serviceName: 'Portillon' };
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
const AT = new Date('2026-11-24T15:39:00.000Z');

const person = (locale: 'fr' | 'en' = 'fr') => ({
  email: 'claire@hopital.example',
  username: 'claire.martin',
  locale,
});

function notice(changes: Partial<DueNotice> = {}): DueNotice {
  return {
    id: 'n1',
    subjectId: 'a1',
    kind: 'new-browser',
    details: { client: { address: '192.0.2.1', userAgent: FIREFOX } },
    occurrences: 1,
    firstAt: AT,
    latestAt: AT,
    ...changes,
  };
}

/** All that a reader sees. */
function read(mail: ReturnType<typeof noticeMail>): string {
  const { title, paragraphs, details, closing } = mail.body;
  return [title, ...paragraphs, ...details!.map((one) => `${one.label}: ${one.value}`), ...closing].join(
    '\n',
  );
}

describe('the mail of a notice', () => {
  it('says what, when, whence, and what to do if it was not you', () => {
    const mail = noticeMail(notice(), person(), SERVICE);
    expect(mail.subject).toBe('Portillon – connexion dans un nouveau navigateur');
    expect(read(mail)).toMatchInlineSnapshot(`
      "Connexion dans un nouveau navigateur
      Quelqu’un s’est connecté à Portillon avec votre mot de passe et un code, dans un navigateur où vous ne l’aviez pas encore fait.
      Si c’était vous, vous n’avez rien à faire. Si ce n’était pas vous, changez votre mot de passe dans « Mon compte », fermez-y vos autres sessions, et prévenez tout de suite l’administrateur de votre structure.
      Compte: claire.martin
      Le: 24 novembre 2026 à 16:39 (heure de Paris)
      Adresse réseau: 192.0.2.1
      Navigateur: Firefox sur Windows
      Ce message ne demande ni code ni mot de passe et ne contient aucun lien : ouvrez le service à son adresse habituelle."
    `);
  });

  it('has the name and the colour of the person’s structure', () => {
    const branding = { name: 'CHU Nord', logo: null, accent: '#b50000' };
    expect(noticeMail(notice(), { ...person(), branding }, SERVICE).body).toMatchObject({
      organisation: 'CHU Nord',
      accent: '#b50000',
    });
  });

  describe.each(['fr', 'en'] as const)('(%s)', (locale) => {
    it.each(NOTICE_KINDS)('%s: is whole, plain and short', (kind) => {
      const mail = noticeMail(notice({ kind }), person(locale), SERVICE);
      const text = read(mail);
      expect(mail).toMatchObject({ channel: 'EMAIL', to: 'claire@hopital.example', locale });
      expect(text).not.toMatch(/undefined|null|\[object|NaN/);
      expect(text).not.toMatch(/(vos|autres) connexions|retirée|verrouillé|\blocked|removed/);
      expect(text.length).toBeLessThan(1_000);
      expect(mail.subject).toMatch(/^Portillon – .{5,60}$/);
      expect(mail.body.paragraphs).toHaveLength(2);
    });

    it.each(NOTICE_KINDS)('%s: has neither a link nor anything that could pass for a code', (kind) => {
      const text = read(noticeMail(notice({ kind }), person(locale), SERVICE));
      expect(text).not.toMatch(/https?:|www\.|#|\b\d{4,10}\b(?! )/);
    });
  });

  it('says how often, when it was more than once', () => {
    const firstAt = new Date('2026-11-24T15:00:00.000Z');
    const text = read(noticeMail(notice({ occurrences: 3, firstAt }), person('en'), SERVICE));
    expect(text).toContain('How often: 3 times since 24 November 2026 at 16:00 (Paris time)');
  });

  it('goes to the address before the change', () => {
    const mail = noticeMail(
      notice({ kind: 'mail-changed', details: { to: 'former@hopital.example' } }),
      person(),
      SERVICE,
    );
    expect(mail.to).toBe('former@hopital.example');
  });

  it('names an administrator without their place', () => {
    const details = { by: 'administrator', client: { address: '192.0.2.1', userAgent: FIREFOX } };
    const text = read(noticeMail(notice({ kind: 'password-changed', details }), person(), SERVICE));
    expect(text).toContain('Par: un administrateur');
    expect(text).not.toMatch(/192\.0\.2|Firefox/);
  });

  it('shows the end, at Paris time', () => {
    const details = { until: '2026-11-25T15:39:00.000Z' };
    const text = read(noticeMail(notice({ kind: 'emergency-access', details }), person('en'), SERVICE));
    expect(text).toContain('until 25 November 2026 at 16:39 (Paris time)');
  });

  it('shows a national administrator whom emergency access is for', () => {
    const details = { about: 'Zoé "Zed" <b>' };
    const mail = noticeMail(notice({ kind: 'emergency-access', details }), person(), SERVICE);
    expect(mail.subject).toContain('accès de secours pour Zoé "Zed" <b>');
  });

  it.each([
    ['fr', 'Seules les personnes de CHU Nord', 'par Claire Martin et Paul Durand'],
    ['en', 'the people of CHU Nord alone', 'by Claire Martin and Paul Durand'],
  ] as const)(
    'shows whom an answer to an incident concerns, and its named deciders (%s)',
    (locale, whose, who) => {
      const details = { structure: 'CHU Nord', deciders: ['Claire Martin', 'Paul Durand'] };
      const text = read(
        noticeMail(notice({ kind: 'incident-sessions-ended', details }), person(locale), SERVICE),
      );
      expect(text).toContain(whose);
      expect(text).toContain(who);
    },
  );

  it('carries nothing that a browser says of itself', () => {
    const userAgent =
      'Firefox/1 Windows NT <b>your account is closed, call 0899 10 10 10, https://evil.example';
    const text = read(
      noticeMail(notice({ details: { client: { address: '', userAgent } } }), person(), SERVICE),
    );
    expect(text).toContain('Navigateur: Firefox sur Windows');
    expect(text).not.toMatch(/evil|0899|<b>/);
  });

  it('is whole without its details', () => {
    expect(read(noticeMail(notice({ details: {} }), person(), SERVICE))).not.toMatch(/undefined|Navigateur/);
  });

  it('has a link by which its reader reports that it was not them', () => {
    const link = { url: 'https://portillon.example/ce-n-etait-pas-moi#id.secret', goodUntil: AT };
    const mail = noticeMail(notice(), person(), SERVICE, link);
    expect(mail.body.link).toEqual({ label: 'Ce n’était pas moi', url: link.url });
    expect(read(mail)).toContain('signalez-le');
    expect(read(mail)).toContain('Ce lien sert une fois, jusqu’au 24 novembre 2026 à 16:39');
    expect(read(mail)).not.toMatch(/secret|changez votre mot de passe/);
  });
});
