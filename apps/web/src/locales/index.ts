import { createI18n, type Composer } from 'vue-i18n';
import { compileAll } from './compile';
import { fr } from './fr';

export const i18n = createI18n({
  legacy: false,
  locale: 'fr',
  fallbackLocale: 'fr',
  messages: { fr: compileAll(fr) },
});

/** Loads a language when it is first wanted, and tells assistive technology. */
export async function speak(locale: 'fr' | 'en'): Promise<void> {
  const { setLocaleMessage, locale: current } = i18n.global as unknown as Composer;
  if (locale === 'en') setLocaleMessage('en', compileAll((await import('./en')).en));
  current.value = locale;
  document.documentElement.lang = locale;
}
