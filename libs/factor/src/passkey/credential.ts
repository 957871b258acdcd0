import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';

type Fields = Record<string, unknown>;

/** Verifies and returns the used part of an answer of `navigator.credentials.get`. @throws AppError `validation.failed` */
export function assertionIn(credential: Fields): AuthenticationResponseJSON {
  const { id, response } = parts(credential);
  const { userHandle } = response;
  return {
    ...publicKey(id),
    response: {
      clientDataJSON: text(response, 'clientDataJSON'),
      authenticatorData: text(response, 'authenticatorData'),
      signature: text(response, 'signature'),
      ...(typeof userHandle === 'string' && { userHandle }),
    },
  };
}

/** A new passkey as `navigator.credentials.create` gives it. @throws AppError `validation.failed` */
export function registrationIn(credential: Fields): RegistrationResponseJSON {
  const { id, response } = parts(credential);
  const { transports } = response;
  const isPlatform = credential['authenticatorAttachment'] === 'platform';
  return {
    ...publicKey(id),
    ...(isPlatform && { authenticatorAttachment: 'platform' as const }),
    response: {
      clientDataJSON: text(response, 'clientDataJSON'),
      attestationObject: text(response, 'attestationObject'),
      transports: Array.isArray(transports) ? transports.filter(isTransport) : [],
    },
  };
}

function parts(credential: Fields) {
  const { response } = credential;
  if (typeof response !== 'object' || response === null) throw malformed();
  return { id: text(credential, 'id'), response: response as Fields };
}

function publicKey(id: string) {
  return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} };
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string') throw malformed();
  return value;
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

function isTransport(value: unknown): value is (typeof TRANSPORTS)[number] {
  return (TRANSPORTS as readonly unknown[]).includes(value);
}

function malformed(): AppError {
  return new AppError('validation.failed', {
    errors: [{ field: 'credential', code: 'format', message: '' }],
  });
}
