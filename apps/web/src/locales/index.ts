import { createI18n, type Composer } from 'vue-i18n';
import { type Chapter, chapters } from './chapters';
import { compileAll } from './compile';
import { fr } from './fr';

export const i18n = createI18n({
  legacy: false,
  locale: 'fr',
  fallbackLocale: 'fr',
  messages: { fr: compileAll(fr) },
});
const composer = i18n.global as unknown as Composer;
const opened = new Set<Chapter>();

/** Loads a language when it is first wanted, and tells assistive technology. */
export async function speak(locale: 'fr' | 'en'): Promise<void> {
  if (locale === 'en') await loadEnglish();
  composer.locale.value = locale;
  document.documentElement.lang = locale;
}

/** Adds the texts that a page needs beside those of every page, in French and in the language that is read. */
export async function openChapter(chapter: Chapter): Promise<void> {
  opened.add(chapter);
  const english = composer.locale.value === 'en';
  await Promise.all([add(chapter, 'fr'), english && add(chapter, 'en')]);
}

async function loadEnglish() {
  composer.setLocaleMessage('en', compileAll((await import('./en')).en));
  await Promise.all([...opened].map((chapter) => add(chapter, 'en')));
}

async function add(chapter: Chapter, locale: 'fr' | 'en') {
  composer.mergeLocaleMessage(locale, compileAll(await chapters[chapter][locale]()));
}
