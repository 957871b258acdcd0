import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface PasskeyOptions {
  /** Whether passkeys are offered. */
  enabled: boolean;
  /** The relying party: the domain that passkeys are made for, that of the origin or one above it. */
  rpId: string;
  /** Whether authenticator apps are offered. */
  totp: boolean;
  /** The name of the service, as authenticators show it. */
  rpName: string;
  /** The origin of our pages. */
  origin: string;
  /** Other origins whose pages may use them (WebAuthn level 3, 5.11): the browser asks the relying party for the list. */
  relatedOrigins: string[];
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: PASSKEY_OPTIONS } =
  new ConfigurableModuleBuilder<PasskeyOptions>().setClassMethodName('forRoot').build();
