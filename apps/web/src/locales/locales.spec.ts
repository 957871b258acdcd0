import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { i18n } from '.';
import { chapters } from './chapters';
import { en } from './en';
import { fr } from './fr';

interface Texts {
  [key: string]: string | Texts;
}

function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]): [string, string][] =>
    typeof text === 'string' ? [[path + key, text]] : flat(text, `${path}${key}.`),
  );
}
/** `a.b.c` → `a.b`, `a`: what a page may complete by itself. */
function prefixes(key: string): string[] {
  const parts = key.split('.');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('.'));
}
/** The texts of every page, and of each chapter. */
async function everything(locale: 'fr' | 'en', texts: Texts) {
  const more = await Promise.all(Object.values(chapters).map((chapter): Promise<Texts> => chapter[locale]()));
  return new Map([texts, ...more].flatMap((one) => flat(one)));
}
const french = await everything('fr', fr);
const english = await everything('en', en);
const parameters = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'locales' ? [] : sources(path);
    return /(?<!\.spec)\.(vue|ts)$/.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect([...english.keys()]).toEqual([...french.keys()]);
  });

  it('take the same parameters and as many plural forms at least', () => {
    for (const [key, text] of french) {
      expect([key, parameters(english.get(key)!)]).toEqual([key, parameters(text)]);
      expect([key, english.get(key)!.includes(' | ')]).toEqual([key, text.includes(' | ')]);
    }
  });

  it('are typed with French marks, and no space that cannot be seen', () => {
    for (const [key, text] of french)
      expect([key, text]).not.toEqual([key, expect.stringMatching(/['"\u00a0\u202f]/)]);
  });

  it('are typed in English without a space before a mark', () => {
    for (const [key, text] of english)
      expect([key, text]).not.toEqual([key, expect.stringMatching(/\s[:;!?]/)]);
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
  const { t } = i18n.global;

  it('keeps together what is read together', () => {
    expect(t('code.sent.SMS', { time: '16:39' })).toBe('Un code OTP vous a été envoyé par SMS à 16:39');
    expect(t('code.notReceived')).toBe('Vous n’avez pas reçu de code\u00a0?');
    expect(t('home.myAccount')).toContain('«\u00a0Mon compte\u00a0»');
    expect(t('signIn.demo.text')).toContain('vraiment\u00a0: ');
  });

  it('counts', () => {
    expect(t('wait.minutes', 1)).toBe('1\u00a0minute');
    expect(t('wait.minutes', 15)).toBe('15\u00a0minutes');
    expect(t('code.attemptsLeft', 1)).toBe('Il vous reste 1\u00a0essai.');
  });
});
