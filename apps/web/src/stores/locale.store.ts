import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { Locale } from '../api/types';
import { setLocale } from '../locales';
import { useSessionStore } from './session.store';

const KEY = 'portillon.locale';
/** In this tab: a choice made before sign-in, that the account does not know yet. */
const CHOSEN = 'portillon.locale.chosen';
/** For signed-in people: the sign-in page does without. */
const accountApi = () => import('../api/account.api');

/** The language of the page: remembered by the browser, and by the account of the signed-in person. */
export const useLocaleStore = defineStore('locale', () => {
  const locale = ref<Locale>('fr');

  async function use(next: Locale) {
    await setLocale(next);
    locale.value = next;
    localStorage.setItem(KEY, next);
  }
  /** Before the first page: what this browser was left with, French otherwise. */
  const restore = () => use(localStorage.getItem(KEY) === 'en' ? 'en' : 'fr');

  async function choose(next: Locale) {
    await use(next);
    if (useSessionStore().signedIn) await (await accountApi()).updateAccount({ locale: next });
    else sessionStorage.setItem(CHOSEN, next);
  }
  /**
   * After sign-in: a choice just made on the page goes into the account; otherwise the account's language is
   * taken, because the browser may have been left in a colleague's.
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
