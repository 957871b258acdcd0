import type { RouteRecordRaw } from 'vue-router';
import { ADMINISTRATORS, NATIONAL, READERS } from '../composables/administrators';
import { withMessages } from '../locales/with-messages';

const national = { roles: NATIONAL };

/** « Administration »: its pages and texts load for administrators only. */
export const administrationRoutes: RouteRecordRaw = {
  path: '/administration',
  meta: { roles: ADMINISTRATORS },
  component: withMessages(
    () => import('../features/administration/AdministrationLayout.vue'),
    'administration',
    'my-account',
    'ways-in',
  ),
  children: [
    { path: '', redirect: { name: 'admin-accounts' } },
    {
      path: 'comptes',
      name: 'admin-accounts',
      component: () => import('../features/administration/accounts/list/AccountsPage.vue'),
    },
    {
      path: 'comptes/nouveau',
      name: 'admin-account-invite',
      component: () => import('../features/administration/accounts/edit/AccountInvitePage.vue'),
    },
    {
      path: 'comptes/nouveau/plusieurs',
      name: 'admin-account-invite-many',
      component: () => import('../features/administration/accounts/edit/AccountInviteManyPage.vue'),
    },
    {
      path: 'comptes/:id',
      name: 'admin-account',
      props: true,
      component: withMessages(
        () => import('../features/administration/accounts/account/AccountPage.vue'),
        'passkey',
        'journal',
        'events',
      ),
    },
    {
      path: 'comptes/:id/modifier',
      name: 'admin-account-edit',
      props: true,
      component: () => import('../features/administration/accounts/edit/AccountEditPage.vue'),
    },
    {
      path: 'import',
      name: 'admin-import',
      component: () => import('../features/administration/imports/ImportPage.vue'),
    },
    {
      path: 'import/:id',
      name: 'admin-import-progress',
      props: true,
      component: () => import('../features/administration/imports/ImportProgressPage.vue'),
    },
    {
      path: 'vagues',
      name: 'admin-waves',
      meta: national,
      component: withMessages(() => import('../features/administration/waves/WavesPage.vue'), 'waves'),
    },
    {
      path: 'vagues/nouvelle',
      name: 'admin-wave-create',
      meta: national,
      component: withMessages(() => import('../features/administration/waves/WaveCreatePage.vue'), 'waves'),
    },
    {
      path: 'vagues/:id',
      name: 'admin-wave',
      meta: national,
      props: true,
      component: withMessages(() => import('../features/administration/waves/WavePage.vue'), 'waves'),
    },
    {
      path: 'structures',
      name: 'admin-structures',
      component: () => import('../features/administration/structures/StructuresPage.vue'),
    },
    {
      path: 'structures/nouvelle',
      name: 'admin-structure-create',
      meta: national,
      component: () => import('../features/administration/structures/StructureCreatePage.vue'),
    },
    {
      path: 'structures/:id',
      name: 'admin-structure',
      props: true,
      component: () => import('../features/administration/structures/StructurePage.vue'),
    },
    {
      path: 'applications',
      name: 'admin-applications',
      component: withMessages(
        () => import('../features/administration/applications/ApplicationsPage.vue'),
        'applications',
      ),
    },
    {
      path: 'applications/nouvelle',
      name: 'admin-application-create',
      component: withMessages(
        () => import('../features/administration/applications/ApplicationCreatePage.vue'),
        'applications',
      ),
    },
    {
      path: 'applications/:id/:tab(acces|integration|activite)?',
      name: 'admin-application',
      props: true,
      component: withMessages(
        () => import('../features/administration/applications/ApplicationPage.vue'),
        'applications',
      ),
    },
    {
      path: 'webhooks',
      name: 'admin-webhooks',
      component: withMessages(
        () => import('../features/administration/webhooks/WebhooksPage.vue'),
        'webhooks',
      ),
    },
    {
      path: 'webhooks/nouveau',
      name: 'admin-webhook-create',
      component: withMessages(
        () => import('../features/administration/webhooks/WebhookCreatePage.vue'),
        'webhooks',
      ),
    },
    {
      path: 'webhooks/:id',
      name: 'admin-webhook',
      props: true,
      component: withMessages(
        () => import('../features/administration/webhooks/WebhookPage.vue'),
        'webhooks',
      ),
    },
    {
      path: 'journal',
      name: 'admin-journal',
      meta: { roles: READERS },
      component: withMessages(
        () => import('../features/administration/journal/JournalPage.vue'),
        'journal',
        'events',
      ),
    },
    {
      path: 'journal/preuve',
      name: 'admin-journal-proof',
      meta: { roles: READERS },
      component: withMessages(
        () => import('../features/administration/journal/JournalProofPage.vue'),
        'journal',
      ),
    },
    {
      path: 'statistiques',
      name: 'admin-statistics',
      meta: { roles: READERS },
      component: withMessages(
        () => import('../features/administration/statistics/StatisticsPage.vue'),
        'statistics',
        'journal',
      ),
    },
    {
      path: 'etat',
      name: 'admin-service',
      meta: national,
      component: withMessages(
        () => import('../features/administration/service/ServicePage.vue'),
        'service-state',
      ),
    },
    {
      path: 'etat/confiance',
      name: 'admin-trust',
      meta: national,
      component: withMessages(
        () => import('../features/administration/service/TrustPage.vue'),
        'service-state',
      ),
    },
    {
      path: 'demarrage',
      name: 'admin-setup',
      meta: national,
      component: withMessages(() => import('../features/administration/setup/SetupPage.vue'), 'setup'),
    },
    {
      path: 'mentions-legales',
      name: 'admin-legal-notice',
      meta: national,
      component: withMessages(() => import('../features/administration/setup/LegalNoticePage.vue'), 'setup'),
    },
  ],
};
