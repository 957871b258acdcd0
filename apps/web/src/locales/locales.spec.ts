// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { flat, messagesOf, namespacesOf } from '../../test/messages';
import { CHANNEL_NAMES } from '../composables/codes/channels';
import { i18n, loadMessages, namespaces } from '.';

/** `a.b.c` → `a.b`, `a`: prefixes that a page may complete. */
function prefixes(key: string): string[] {
  const parts = key.split('.');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('.'));
}
/** The texts of every file as displayed: vue-i18n writes `@` as `{'@'}`. */
function everything(locale: 'fr' | 'en') {
  const texts = namespacesOf(locale).flatMap((namespace) => flat(messagesOf(locale, namespace)));
  return new Map(texts.map(([key, text]) => [key, text.replaceAll("{'@'}", '@')]));
}
const french = everything('fr');
const english = everything('en');
/**
 * Words that the texts must not use. Preferred ones: a session is opened and closed; a browser is forgotten, anything
 * else is deleted; new things are created, changes are saved; a person with too many errors is blocked, temporarily.
 */
const OTHER = {
  fr: /connexions? (ouverte|fermée)|(vos|ses|autres) connexions (sont|et|seront)|(cet|autre|chaque) écran|déconnecter tous|(oublier|oublié) .*(téléphone|numéro)|supprim.*rattachement|retirer? (la|l’|cette) ?(clé|application)|enregistrer une (structure|application)|compte est verrouillé|bloquée après trop d’essais/i,
  en: /sign-ins? (is|are|has) (open|closed|ended)|(open|other|close their) sign-ins|another screen|forget (their|the) phone|remove (the|this|one) |register an? |\blocked|an emergency access|try left|if it goes on/i,
};
const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'locales' ? [] : sources(path);
    return /(?<!\.spec)\.(vue|ts)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('the texts', () => {
  it('are in the same files in both languages, and each file is loaded by some page', () => {
    expect(namespacesOf('fr')).toEqual(namespacesOf('en'));
    expect(namespacesOf('fr').sort()).toEqual(['common', ...namespaces].sort());
  });

  it('have the same keys in both languages', () => {
    expect([...english.keys()]).toEqual([...french.keys()]);
  });

  it('have a word for each channel where they have one for mail, but in the lines of the journal', () => {
    const mail = [...french.keys()].filter((key) => key.endsWith('.EMAIL') && !key.startsWith('events.'));
    expect(mail.length).toBeGreaterThan(10);
    const all = mail.flatMap((key) => CHANNEL_NAMES.map((name) => key.replace(/EMAIL$/, name)));
    expect(all.filter((key) => !french.has(key))).toEqual([]);
  });

  it('take the same parameters and as many plural forms at least', () => {
    for (const [key, text] of french) {
      expect([key, parameters(english.get(key)!)]).toEqual([key, parameters(text)]);
      expect([key, english.get(key)!.includes(' | ')]).toEqual([key, text.includes(' | ')]);
    }
  });

  it('are typed with French marks', () => {
    for (const [key, text] of french) expect([key, text]).not.toEqual([key, expect.stringMatching(/['"]/)]);
  });

  it('have a no-break space where a line may not break: U+202F before ; ! ?, and U+00A0 elsewhere', () => {
    const breaks =
      /« | (?=[»:;!?])|\{count\} |(?<=\d) (?=\d)|\u00a0(?=[;!?])|\u202f(?![;!?])|[^\S \u00a0\u202f]/;
    for (const [key, text] of [...french, ...english])
      expect([key, text]).not.toEqual([key, expect.stringMatching(breaks)]);
  });

  it('have a hyphen that does not break in « e‑CPS », « e‑mail » and « Vérifiez‑le »', () => {
    const breaks = /(?<!\p{L})e-(CPS|mail)|ez-(les?|la|moi|vous|lui|nous|en|y)(?!\p{L})/iu;
    for (const [key, text] of [...french, ...english])
      expect([key, text]).not.toEqual([key, expect.stringMatching(breaks)]);
  });

  it('are typed in English without a space before a mark', () => {
    for (const [key, text] of english)
      expect([key, text]).not.toEqual([key, expect.stringMatching(/\s[:;!?]/)]);
  });

  it('call one thing by one word', () => {
    for (const [key, text] of french) expect([key, text]).not.toEqual([key, expect.stringMatching(OTHER.fr)]);
    for (const [key, text] of english)
      expect([key, text]).not.toEqual([key, expect.stringMatching(OTHER.en)]);
  });

  it('are all there when a page names one', () => {
    const named = sources('src').flatMap((source) =>
      [...source.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map((match) => match[1]!),
    );
    expect(named.length).toBeGreaterThan(80);
    expect(named.filter((key) => !french.has(key))).toEqual([]);
  });

  it('are all used by some page', () => {
    const code = sources('src').join('\n');
    const used = (key: string) =>
      code.includes(`'${key}'`) || prefixes(key).some((path) => code.includes(`\`${path}.\${`));
    expect([...french.keys()].filter((key) => !used(key))).toEqual([]);
  });
});

describe('a text on the page', () => {
  beforeAll(() => Promise.all([loadMessages('code'), loadMessages('home')]));
  const { t } = i18n.global;

  it('keeps together what is read together', () => {
    expect(t('code.sent.SMS', { time: '16:39' })).toBe('Un code OTP vous a été envoyé par SMS à 16:39');
    expect(t('code.notReceived')).toBe('Pas reçu\u202f?');
    expect(t('home.emailUnreachable.change')).toContain('«\u00a0Mon compte\u00a0»');
    expect(t('signIn.demo.text')).toContain('vraiment\u00a0: ');
  });

  it('counts', () => {
    expect(t('wait.minutes', 1)).toBe('1\u00a0minute');
    expect(t('wait.minutes', 15)).toBe('15\u00a0minutes');
    expect(t('code.attemptsLeft', 1)).toBe('Il vous reste 1\u00a0essai.');
  });
});
