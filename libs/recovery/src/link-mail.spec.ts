import { linkMail } from './link-mail';

const TOKEN = '01a20e4e-451d-7222-8b7c-095e8995a1b0.0123456789-_abcdefghijklmnopqrstuvwxyzABCDE';
const claire = {
  email: 'claire@hopital.example',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  locale: 'fr',
  reportMailbox: null,
} as const;
const options = { serviceName: 'Portillon', publicUrl: 'https://portillon.example' };
const goodUntil = new Date('2026-11-24T15:39:00.000Z');

describe('the mail with a link', () => {
  it.each([
    ['PASSWORD_RESET', 'mot-de-passe'],
    ['INVITATION', 'invitation'],
  ] as const)('(%s) has its token in the fragment, and nowhere else', (kind, page) => {
    const mail = linkMail({ kind, account: claire, token: TOKEN, goodUntil, options });
    expect(mail.body.link!.url).toBe(`https://portillon.example/${page}#${TOKEN}`);
    const { link, ...rest } = mail.body;
    expect(JSON.stringify([mail.subject, rest, link!.label])).not.toContain(TOKEN);
  });

  it.each([
    ['fr', 'Portillon – activez votre compte avant le 24 novembre'],
    ['en', 'Portillon – activate your account before 24 November'],
  ] as const)('says in its subject what to do, and by when (%s)', (locale, subject) => {
    const account = { ...claire, locale };
    expect(linkMail({ kind: 'INVITATION', account, token: TOKEN, goodUntil, options }).subject).toBe(subject);
  });

  it.each([
    ['fr', 'Portillon – rappel\u00a0: activez votre compte avant le 24 novembre'],
    ['en', 'Portillon – reminder: activate your account before 24 November'],
  ] as const)('says that it is a reminder (%s)', (locale, subject) => {
    const input = {
      kind: 'INVITATION',
      account: { ...claire, locale },
      token: TOKEN,
      goodUntil,
      options,
    } as const;
    expect(linkMail({ ...input, isReminder: true }).subject).toBe(subject);
  });

  it('goes to the mailbox of an open report, which an intruder who changed the address does not read', () => {
    const account = { ...claire, reportMailbox: 'claire@before.example' };
    expect(linkMail({ kind: 'PASSWORD_RESET', account, token: TOKEN, goodUntil, options }).to).toBe(
      'claire@before.example',
    );
  });

  it('has the name and the colour of the person’s structure', () => {
    const account = { ...claire, branding: { name: 'CHU Nord', logo: null, accent: '#b50000' } };
    const { body } = linkMail({ kind: 'INVITATION', account, token: TOKEN, goodUntil, options });
    expect(body).toMatchObject({ organisation: 'CHU Nord', accent: '#b50000' });
  });

  const NOT_YOU = {
    PASSWORD_RESET: { fr: 'n’ouvrez pas ce lien', en: 'do not open this link' },
    INVITATION: { fr: 'ignorez ce message', en: 'ignore this message' },
  };

  it.each(['fr', 'en'] as const)(
    'names the user name, the expiry, and what to do if the person did not ask (%s)',
    (locale) => {
      for (const kind of ['PASSWORD_RESET', 'INVITATION'] as const) {
        const mail = linkMail({ kind, account: { ...claire, locale }, token: TOKEN, goodUntil, options });
        const text = JSON.stringify(mail.body);
        expect(text).toContain('claire.martin');
        expect(text).toContain(locale === 'fr' ? '16:39 (heure de Paris)' : '16:39 (Paris time)');
        expect(text).toContain(NOT_YOU[kind][locale]);
        expect(text).not.toContain('undefined');
      }
    },
  );
});
