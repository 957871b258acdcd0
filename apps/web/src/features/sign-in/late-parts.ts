import { withMessages } from '../../locales/with-messages';

/**
 * Parts of the sign-in that few people see. The routes that show one load it before the page: what came after would
 * push the rest down.
 */
export const appCodeEntry = withMessages(() => import('../../ui/AppCodeEntry.vue'), 'totp');
export const proSanteConnectRefusal = withMessages(
  () => import('./ProSanteConnectRefusal.vue'),
  'pro-sante-connect-return',
);
