import { readonly, ref } from 'vue';

/** Pages that a mail's link opens, with a secret in the fragment. */
const PAGES = /^\/(mot-de-passe|invitation|ce-n-etait-pas-moi|rattachement)\/?$/;
const token = ref('');

/** Secret of the link that opened this page, in memory only; empty without one. */
export const linkToken = readonly(token);

/**
 * Removes a link's secret from the address before any other code of the page runs: it reaches no history of a shared
 * computer, no log and no other site.
 */
function takeLinkToken(): void {
  if (!PAGES.test(location.pathname) || location.hash.length < 2) return;
  token.value = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname);
}

/** Removes it at once, and again when another link opens in the page. */
export function watchLinkTokens(): void {
  takeLinkToken();
  // Before the router's listener, which then sees no change.
  addEventListener('popstate', takeLinkToken);
  addEventListener('hashchange', takeLinkToken);
}

/** Drops the secret after its use, or when it is invalid. */
export function dropLinkToken(): void {
  token.value = '';
}
