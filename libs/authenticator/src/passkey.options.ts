import { configurableModule } from '@portillon/kernel';

export interface PasskeyOptions {
  /** Whether passkeys are offered. */
  enabled: boolean;
  /** The relying party of the passkeys: the domain of the origin, or one above it. */
  rpId: string;
  /** Whether authenticator apps are offered. */
  totp: boolean;
  /** Name of the service in authenticators. */
  rpName: string;
  /** Origin of our pages. */
  origin: string;
  /**
   * Other origins whose pages may use the passkeys (WebAuthn level 3, 5.11); browsers read the list from the relying
   * party.
   */
  relatedOrigins: string[];
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: PASSKEY_OPTIONS } =
  configurableModule<PasskeyOptions>();
