import { defineAsyncComponent } from 'vue';
import type { RouteRecordRaw } from 'vue-router';
import { administrationRoutes } from './administration.routes';
import SignInPage from '../features/sign-in/SignInPage.vue';
import { withMessages } from '../locales/with-messages';

declare module 'vue-router' {
  interface RouteMeta {
    /** Whether the page opens without a session. Every other page requires one. */
    public?: boolean;
    /** Whether the page asks one question that comes before any other page: it has no menu. */
    bare?: boolean;
    /** Roles that may see it; default: everyone signed in. The API checks the rights again on each request. */
    roles?: string[];
  }
}

const open = { public: true };
/** Part of the home page that belongs to another feature. */
const administratorHome = defineAsyncComponent(
  withMessages(
    () => import('../features/administration/home/AdministratorHome.vue'),
    'administration',
    'palette',
    'service-state',
    'ways-in',
  ),
);

/** For a reset and for an invitation. */
const choosePassword = withMessages(
  () => import('../features/recovery/ChoosePasswordPage.vue'),
  'recovery',
  'password-change',
);

/** One chunk for each page, loaded on demand; the first page is loaded together with the main chunk. */
export const routes: RouteRecordRaw[] = [
  {
    path: '/',
    name: 'home',
    component: withMessages(
      () => import('../features/home/HomePage.vue'),
      'home',
      'pro-sante-connect-return',
    ),
    props: { administratorHome },
  },
  {
    path: '/connexion',
    name: 'sign-in',
    meta: open,
    component: SignInPage,
  },
  {
    path: '/connexion/code',
    name: 'sign-in-code',
    meta: open,
    component: withMessages(() => import('../features/sign-in/CodePage.vue'), 'code', 'request', 'totp'),
  },
  {
    path: '/connexion/exercice',
    name: 'sign-in-activity',
    meta: open,
    component: withMessages(
      () => import('../features/sign-in/ActivityChoicePage.vue'),
      'pro-sante-connect-return',
    ),
  },
  {
    path: '/demande',
    name: 'request',
    meta: { bare: true },
    component: withMessages(
      () => import('../features/sign-in/RequestPage.vue'),
      'request',
      'code',
      'memberships',
    ),
  },
  {
    path: '/etablissement',
    name: 'structure-choice',
    meta: { bare: true },
    component: withMessages(() => import('../features/sign-in/StructureChoicePage.vue'), 'memberships'),
  },
  {
    path: '/mot-de-passe-oublie',
    name: 'forgotten-password',
    meta: open,
    component: withMessages(() => import('../features/recovery/ForgottenPasswordPage.vue'), 'recovery'),
  },
  {
    path: '/mot-de-passe',
    name: 'password-reset',
    meta: open,
    props: { kind: 'reset' },
    component: choosePassword,
  },
  {
    path: '/ce-n-etait-pas-moi',
    name: 'event-report',
    meta: open,
    component: withMessages(
      () => import('../features/recovery/EventReportPage.vue'),
      'recovery',
      'event-report',
    ),
  },
  {
    path: '/rattachement',
    name: 'membership-proposal',
    meta: open,
    component: withMessages(() => import('../features/recovery/ProposalPage.vue'), 'recovery', 'memberships'),
  },
  {
    path: '/invitation',
    name: 'invitation',
    meta: open,
    props: { kind: 'invitation' },
    component: choosePassword,
  },
  {
    path: '/mon-compte',
    component: withMessages(() => import('../features/my-account/MyAccountLayout.vue'), 'my-account', 'code'),
    children: [
      {
        path: '',
        name: 'my-account',
        component: withMessages(
          () => import('../features/my-account/AccountPage.vue'),
          'my-data',
          'identity',
          'passkey',
          'totp',
          'recovery-codes',
          'memberships',
        ),
      },
      {
        path: 'mot-de-passe',
        name: 'my-account-password',
        component: withMessages(
          () => import('../features/my-account/password/PasswordPage.vue'),
          'password-change',
        ),
      },
      {
        path: 'connexions',
        name: 'my-account-devices',
        component: withMessages(() => import('../features/my-account/devices/DevicesPage.vue'), 'events'),
      },
      {
        path: 'applications',
        name: 'my-account-applications',
        component: withMessages(
          () => import('../features/my-account/applications/ApplicationsPage.vue'),
          'request',
        ),
      },
      {
        path: 'donnees',
        name: 'my-account-data',
        component: withMessages(() => import('../features/my-account/data/DataPage.vue'), 'my-data'),
      },
      {
        path: 'activite',
        name: 'my-account-activity',
        redirect: { name: 'my-account-devices', hash: '#activite' },
      },
    ],
  },
  {
    path: '/ajouter-un-moyen',
    name: 'enrolment',
    component: withMessages(
      () => import('../features/my-account/EnrolmentPage.vue'),
      'my-account',
      'code',
      'identity',
      'passkey',
      'totp',
    ),
  },
  administrationRoutes,
  {
    path: '/non-autorise',
    name: 'not-allowed',
    props: { kept: true },
    component: () => import('../features/not-found/NotFoundPage.vue'),
  },
  {
    path: '/aide',
    name: 'help',
    meta: open,
    // Redirects to an answer by its name, or by the code of a refusal, whichever page contains it.
    beforeEnter: async ({ hash, query }) =>
      (await import('../features/help/help-address')).helpAddress(hash, query.message) ?? true,
    component: withMessages(() => import('../features/help/HelpPage.vue'), 'help'),
  },
  {
    path: '/aide/:page(moyens|codes|mot-de-passe|refus)',
    name: 'help-page',
    meta: open,
    props: true,
    component: withMessages(() => import('../features/help/HelpAnswersPage.vue'), 'help'),
  },
  {
    path: '/aide/feuillet',
    name: 'help-leaflet',
    meta: open,
    component: withMessages(() => import('../features/help/HelpLeafletPage.vue'), 'help'),
  },
  {
    path: '/aide/carte',
    name: 'card-help',
    meta: open,
    component: withMessages(() => import('../features/information/CardHelpPage.vue'), 'help'),
  },
  {
    path: '/accessibilite',
    name: 'accessibility',
    meta: open,
    component: withMessages(() => import('../features/information/AccessibilityPage.vue'), 'information'),
  },
  {
    path: '/mentions-legales',
    name: 'legal',
    meta: open,
    component: withMessages(() => import('../features/information/LegalPage.vue'), 'information'),
  },
  {
    path: '/donnees-personnelles',
    name: 'privacy',
    meta: open,
    component: withMessages(() => import('../features/information/PrivacyPage.vue'), 'information'),
  },
  {
    path: '/indisponible',
    name: 'unavailable',
    meta: open,
    component: () => import('../features/unavailable/UnavailablePage.vue'),
  },
  {
    path: '/:path(.*)*',
    name: 'not-found',
    meta: open,
    component: () => import('../features/not-found/NotFoundPage.vue'),
  },
];
