import { defineAsyncComponent, type Component } from 'vue';
import type { Means } from '../../api/types';
import { withMessages } from '../../locales/with-messages';
import CardMeans from './CardMeans.vue';
import PasswordMeans from './PasswordMeans.vue';
import ProSanteConnectMeans from './ProSanteConnectMeans.vue';

/** The means this page knows how to offer. The API says which are available, and in which order. */
export const meansComponents: Partial<Record<Means['id'], Component>> = {
  'pro-sante-connect': ProSanteConnectMeans,
  cpx: CardMeans,
  // Not for the first load of a deployment that offers none.
  passkey: defineAsyncComponent(withMessages(() => import('./PasskeyMeans.vue'), 'passkey')),
  password: PasswordMeans,
};
