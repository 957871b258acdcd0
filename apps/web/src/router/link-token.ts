import { readonly, ref } from 'vue';

/** The pages that a link of a mail opens, with a secret in the fragment. */
const PAGES = /^\/(mot-de-passe|invitation)\/?$/;
const token = ref('');

/** The secret of the link that opened this page, in memory only; empty when there is none. */
export const linkToken = readonly(token);

/**
 * Takes the secret of a link out of the address bar, before anything else of the page runs: no history of a shared
 * computer, no log, no other site has it.
 */
function takeLinkToken(): void {
  if (!PAGES.test(location.pathname) || location.hash.length < 2) return;
  token.value = location.hash.slice(1);
  history.replaceState(history.state, '', location.pathname);
}

/** Takes it at once, and again when another link is opened over the page. */
export function watchLinkTokens(): void {
  takeLinkToken();
  // Before the router's own, which then finds nothing new.
  addEventListener('popstate', takeLinkToken);
  addEventListener('hashchange', takeLinkToken);
}

/** Once it has served, or is no longer good. */
export function dropLinkToken(): void {
  token.value = '';
}
