import { createI18n, type Composer, type LocaleMessageDictionary, type VueMessageType } from 'vue-i18n';
import common from './fr/common.json';

type Messages = LocaleMessageDictionary<VueMessageType>;
type Locale = 'fr' | 'en';

/** Message files that only some pages need, in `fr/` and `en/`; `common` is for every page. */
export const namespaces = [
  'administration',
  'applications',
  'code',
  'event-report',
  'events',
  'help',
  'home',
  'identity',
  'idle',
  'information',
  'journal',
  'memberships',
  'my-account',
  'my-data',
  'palette',
  'passkey',
  'password-change',
  'pro-sante-connect-return',
  'problems',
  'recovery',
  'recovery-codes',
  'request',
  'send-limits',
  'service-state',
  'setup',
  'statistics',
  'totp',
  'waves',
  'ways-in',
  'webhooks',
] as const;
export type Namespace = (typeof namespaces)[number];

export const i18n = createI18n({
  legacy: false,
  locale: 'fr',
  fallbackLocale: 'fr',
  messages: { fr: common },
});
const composer = i18n.global as unknown as Composer;
const loaded = new Set<Namespace>();
const files = import.meta.glob<Messages>(['./*/*.json', '!./fr/common.json'], { import: 'default' });

/** Changes the language of the page, loads it at its first use, and informs assistive technology. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === 'en') await loadEnglish();
  composer.locale.value = locale;
  document.documentElement.lang = locale;
}

/** Adds the messages of a namespace, in French and in the page's language. */
export async function loadMessages(namespace: Namespace): Promise<void> {
  loaded.add(namespace);
  const english = composer.locale.value === 'en';
  await Promise.all([merge('fr', namespace), english && merge('en', namespace)]);
}

/** Adds the texts of refusals. Without the network nothing is lost: the next refusal asks for them again. */
export const loadRefusals = () => loadMessages('problems').catch(() => undefined);

async function loadEnglish() {
  composer.setLocaleMessage('en', await files['./en/common.json']!());
  await Promise.all([...loaded].map((namespace) => merge('en', namespace)));
}

async function merge(locale: Locale, namespace: Namespace) {
  composer.mergeLocaleMessage(locale, await files[`./${locale}/${namespace}.json`]!());
}
