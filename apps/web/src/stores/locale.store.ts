import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Locale } from '../api/types';
import { setLocale } from '../locales';
import { useSessionStore } from './session.store';

const KEY = 'portillon.locale';
/** In this tab: a choice made before sign-in, which the account does not have yet. */
const CHOSEN = 'portillon.locale.chosen';
/** For signed-in people only: the sign-in page does not load it. */
const accountApi = () => import('../api/account.api');

/** The language of the page: remembered by the browser, and by the account of the signed-in person. */
export const useLocaleStore = defineStore('locale', () => {
  const locale = ref<Locale>('fr');

  async function use(next: Locale) {
    await setLocale(next);
    locale.value = next;
    localStorage.setItem(KEY, next);
  }
  /** Before the first page: the language stored in this browser; default: French. */
  const restore = () => use(localStorage.getItem(KEY) === 'en' ? 'en' : 'fr');

  async function choose(next: Locale) {
    await use(next);
    if (useSessionStore().signedIn) await (await accountApi()).updateAccount({ locale: next });
    else sessionStorage.setItem(CHOSEN, next);
  }
  /**
   * After sign-in, stores a choice just made in the account; otherwise takes the account's language, because the
   * browser may have a colleague's.
   */
  async function meetAccount() {
    const chosen = sessionStorage.getItem(CHOSEN) === locale.value;
    const { getAccount, updateAccount } = await accountApi();
    const account = await getAccount();
    sessionStorage.removeItem(CHOSEN);
    if (account.locale === locale.value) return;
    if (chosen) await updateAccount({ locale: locale.value });
    else await use(account.locale);
  }
  return { locale, restore, choose, meetAccount };
});
