import { GATE_CALLBACK, type GatedApplication } from '@portillon/application';

/** The pages of ours on each application's own host, which its proxy sends to us. */
export const OWN_PAGES = '.portillon';

/** Where a sign-in comes back to, on the application's own host: its redirect URI. */
export function callbackOf(origin: string): string {
  return origin + GATE_CALLBACK;
}

/** Whether this is an application of the gate at this origin: it registered its callback there. */
export function ownsOrigin(
  { kind, redirectUris }: Pick<GatedApplication, 'kind' | 'redirectUris'>,
  origin: string,
): boolean {
  return kind === 'gate' && redirectUris.includes(callbackOf(origin));
}
