import { configurableModule, bounded } from '@portillon/kernel';

export interface ProSanteConnectOptions {
  /** The public origin: determines the redirect addresses registered with PSC, and the cookies' attributes. */
  publicUrl: string;
  /** Null: this deployment does not offer Pro Santé Connect; the routes answer `means.unavailable`. */
  provider: ProviderOptions | null;
}

export interface ProviderOptions {
  /** `{issuer}/.well-known/wallet-openid-configuration`: the part before `/.well-known/` must be the issuer. */
  discoveryUrl: string;
  clientId: string;
  /** A secret, or a certificate of IGC-Santé (AUTH_CLI), compulsory in the « Espace de confiance ». PEM. */
  authentication: { clientSecret: string } | { cert: string; key: string };
  /** Authentication context classes that are enough. PSC issues `eidas1` alone. */
  acrValues?: readonly string[];
  /** How long one answer of PSC may take. */
  timeoutMs?: number;
  /** How far PSC's clock may be from ours when times in tokens are judged. */
  clockToleranceSeconds?: number;
}

export type ResolvedProvider = Required<ProviderOptions>;

const BOUNDS = {
  timeoutMs: { default: 5_000, min: 100, max: 10_000 },
  clockToleranceSeconds: { default: 30, min: 0, max: 60 },
};

/** The provider's options with those in force; null where this deployment has none. */
export const PROVIDER_OPTIONS = Symbol('PROVIDER_OPTIONS');

/** @throws Error naming the option that is wrong. */
export function resolveOptions({ provider }: ProSanteConnectOptions): ResolvedProvider | null {
  return provider && resolveProvider(provider);
}

function resolveProvider(options: ProviderOptions): ResolvedProvider {
  const numbers = bounded('ProSanteConnectModule', BOUNDS, options);
  const resolved = { acrValues: ['eidas1'], ...options, ...numbers };
  if (!resolved.discoveryUrl.includes('/.well-known/'))
    throw new Error('ProSanteConnectModule: discoveryUrl must be {issuer}/.well-known/…');
  if (resolved.acrValues.length === 0) throw new Error('ProSanteConnectModule: acrValues must name one');
  return resolved;
}

/** The address to which PSC redirects users: registered exactly at PSC. */
export const CALLBACK_PATH = '/api/sign-in/pro-sante-connect/callback';
/** The address to which PSC redirects users after their sign-out there: registered exactly at PSC. */
export const SIGN_OUT_RETURN_PATH = '/connexion';

/** The page that started the link of an e-CPS, and shows its result. */
export const LINKED_PATH = '/mon-compte';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<ProSanteConnectOptions>();
