import type { SerializeOptions } from '@fastify/cookie';
import type { Session, SessionMeans } from '@portillon/session';

/** An answer that takes headers and cookies: Fastify's, or one that another library writes. */
export interface CookieJar {
  header(name: string, value: string): unknown;
  setCookie(name: string, value: string, options: SerializeOptions): unknown;
}

declare module '@portillon/session' {
  /** The means that a structure’s rules name; a library of another means adds its name. */
  interface SessionMeansNames {
    access: 'pro-sante-connect' | 'cpx' | 'passkey' | 'password';
  }
}

export type SignInMeans = SessionMeans;

/** Where the browser returns after a sign-out elsewhere: our sign-in page, or an application. */
export type SignedOutState = 'signed-out' | 'application';

/** The declaration of a means by its library. */
export interface MeansDeclaration {
  id: SignInMeans;
  /** Its place where means are listed, the lowest first. */
  rank: number;
}

/** The state of a means while the server runs. */
export interface MeansPresence {
  /** Whether it is available now. Reads no table, sends no request. */
  available?(): boolean;
  /**
   * Returns the page that ends the session at the provider too, after it has ended here. It is one of our paths; the
   * browser returns to `/connexion?state={state}`.
   */
  signOut?(session: Session, answer: CookieJar, state: SignedOutState): Promise<string | undefined>;
}
