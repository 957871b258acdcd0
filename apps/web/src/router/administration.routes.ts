import type { RouteRecordRaw } from 'vue-router';
import { openChapter } from '../locales';

const national = { roles: ['national-admin'] };

/** « Administration »: its pages come with their texts, and only for who administers. */
export const administrationRoutes: RouteRecordRaw = {
  path: '/administration',
  meta: { roles: ['structure-admin', 'national-admin'] },
  component: async () => {
    await openChapter('administration');
    return import('../features/administration/AdministrationLayout.vue');
  },
  children: [
    { path: '', redirect: { name: 'admin-accounts' } },
    {
      path: 'comptes',
      name: 'admin-accounts',
      component: () => import('../features/administration/AccountsPage.vue'),
    },
    {
      path: 'comptes/nouveau',
      name: 'admin-account-invite',
      component: () => import('../features/administration/AccountInvitePage.vue'),
    },
    {
      path: 'comptes/:id',
      name: 'admin-account',
      props: true,
      component: () => import('../features/administration/AccountPage.vue'),
    },
    {
      path: 'comptes/:id/modifier',
      name: 'admin-account-edit',
      props: true,
      component: () => import('../features/administration/AccountEditPage.vue'),
    },
    {
      path: 'structures',
      name: 'admin-structures',
      component: () => import('../features/administration/StructuresPage.vue'),
    },
    {
      path: 'structures/nouvelle',
      name: 'admin-structure-create',
      meta: national,
      component: () => import('../features/administration/StructureCreatePage.vue'),
    },
    {
      path: 'structures/:id',
      name: 'admin-structure',
      props: true,
      component: () => import('../features/administration/StructurePage.vue'),
    },
  ],
};
