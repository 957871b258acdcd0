import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Messages as a translator has them, before they are compiled. */
export interface Messages {
  [key: string]: string | Messages;
}

const folder = (locale: 'fr' | 'en') => join(__dirname, '../src/locales', locale);

/** The messages of one file of a language. */
export function messagesOf(locale: 'fr' | 'en', namespace: string): Messages {
  return JSON.parse(readFileSync(join(folder(locale), `${namespace}.json`), 'utf8')) as Messages;
}

/** The names of the files of a language. */
export function namespacesOf(locale: 'fr' | 'en'): string[] {
  return readdirSync(folder(locale)).map((file) => file.replace(/\.json$/, ''));
}

/** `[['app.title', '{page} — Portillon'], …]` */
export function flat(messages: Messages, path = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, message]): [string, string][] =>
    typeof message === 'string' ? [[path + key, message]] : flat(message, `${path}${key}.`),
  );
}

/** The part of the messages under a key. */
export function under(messages: Messages, path: string): Messages {
  return path.split('.').reduce((part, key) => part[key] as Messages, messages);
}
