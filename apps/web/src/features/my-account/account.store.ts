import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { getAccount } from '../../api/account.api';
import type { Account } from '../../api/types';

/** The account of who is signed in, as the pages of « Mon compte » share it. */
export const useAccountStore = defineStore('account', () => {
  const account = shallowRef<Account | null>(null);

  async function load() {
    account.value = await getAccount();
  }
  function set(received: Account) {
    account.value = received;
  }
  return { account, load, set };
});
