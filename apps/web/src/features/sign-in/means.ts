import { defineAsyncComponent, type Component } from 'vue';
import type { Means } from '../../api/types';
import { withMessages } from '../../locales/with-messages';
import CardMeans from './CardMeans.vue';
import PasswordMeans from './PasswordMeans.vue';
import ProSanteConnectMeans from './ProSanteConnectMeans.vue';

/** Means that this page can offer. The API returns those available, in order. */
export const meansComponents: Partial<Record<Means['id'], Component>> = {
  'pro-sante-connect': ProSanteConnectMeans,
  cpx: CardMeans,
  // Not in the first load: many deployments do not offer it.
  passkey: defineAsyncComponent(withMessages(() => import('./PasskeyMeans.vue'), 'passkey')),
  password: PasswordMeans,
};
