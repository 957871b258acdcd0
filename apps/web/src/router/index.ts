import { createRouter, createWebHistory } from 'vue-router';
import { watchLinkTokens } from './link-token';
import { routes } from './routes';

watchLinkTokens();

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
});
