import type * as oidc from 'oidc-provider';

/** The exports of `oidc-provider`. */
export type OidcProviderModule = typeof oidc;

let loading: Promise<OidcProviderModule> | undefined;

/** Loads the library at the first request that needs it, so that operator commands do not load it. */
export function loadOidcProvider(): Promise<OidcProviderModule> {
  loading ??= withoutRuntimeWarning(() => import('oidc-provider'));
  return loading;
}

/* eslint-disable no-console -- the library prints to the console, and has no option for it */
/** The library warns about Node.js 20 when it is loaded. `portillon doctor` reports old versions instead. */
async function withoutRuntimeWarning<Result>(load: () => Promise<Result>): Promise<Result> {
  const { warn } = console;
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...words);
  };
  return load().finally(() => (console.warn = warn));
}
