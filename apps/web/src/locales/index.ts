import { createI18n, type Composer } from 'vue-i18n';
import { fr } from './fr';
import { frenchSpaces } from './typography';

export const i18n = createI18n({
  legacy: false,
  locale: 'fr',
  fallbackLocale: 'fr',
  messages: { fr },
  postTranslation: (text) => (typeof text === 'string' ? frenchSpaces(text) : text),
});

/** Loads a language when it is first wanted, and tells assistive technology. */
export async function speak(locale: 'fr' | 'en'): Promise<void> {
  const { setLocaleMessage, locale: current } = i18n.global as Composer;
  if (locale === 'en') setLocaleMessage('en', (await import('./en')).en);
  current.value = locale;
  document.documentElement.lang = locale;
}
