import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { getAccount } from '../../api/account.api';
import type { Account } from '../../api/types';
import { useSessionStore } from '../../stores/session.store';

/** The account of who is signed in, as the pages of « Mon compte » share it. */
export const useAccountStore = defineStore('account', () => {
  const sessions = useSessionStore();
  const read = shallowRef<Account | null>(null);
  /** Never the one of who was signed in before in this tab. */
  const account = computed(() => (read.value?.id === sessions.account?.id ? read.value : null));

  async function load() {
    read.value = await getAccount();
  }
  function set(received: Account) {
    read.value = received;
  }
  return { account, load, set };
});
