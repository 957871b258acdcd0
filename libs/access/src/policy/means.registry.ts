import { FactoryProvider, Inject, Injectable, Type } from '@nestjs/common';
import type { Session } from '@portillon/session';
import { ACCESS_OPTIONS, MEANS } from '../access.options';
import type { ResolvedAccessOptions, SignInMeans } from '../access.options';
import type { CookieJar } from '../guard/cookie-jar.types';
import type { Means } from './means.dto';

/** Who has the browser back that signs out there too: our sign-in page, or an application behind it. */
export type SignedOutState = 'signed-out' | 'application';

/** What a means that lives in a lib of its own tells the others. */
export interface MeansPresence {
  /** Whether it can be used just now. Asks nothing of anybody. */
  available(): boolean;
  /**
   * Where the browser must go to end the session there too, once it has ended here. A path of ours; the browser comes
   * back to `/connexion?state={state}`.
   */
  signOut?(session: Session, answer: CookieJar, state: SignedOutState): Promise<string | undefined>;
}

/** The means beside the password, each registered by its own lib ({@link registerMeans}). */
@Injectable()
export class MeansRegistry {
  readonly #presences = new Map<SignInMeans, MeansPresence>();

  constructor(@Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions) {}

  register(means: SignInMeans, presence: MeansPresence): void {
    this.#presences.set(means, presence);
  }

  /** Every means, in the order to show them, and which of them can be used now. */
  list(): Means[] {
    const offered = new Set<string>(['password', ...this.options.otherMeans]);
    return MEANS.map((id) => this.#presence(id, offered.has(id)));
  }

  /** Every means is asked: who signed in with a password may have proved an identity since, to link it. */
  async signOut(
    session: Session,
    answer: CookieJar,
    state: SignedOutState = 'signed-out',
  ): Promise<string | undefined> {
    for (const presence of this.#presences.values()) {
      const next = await presence.signOut?.(session, answer, state);
      if (next) return next;
    }
    return undefined;
  }

  /** A means that registered no presence answers. */
  #presence(id: SignInMeans, offered: boolean): Means {
    const answers = this.#presences.get(id)?.available() ?? true;
    return { id, available: offered && answers, ...(offered && !answers ? { away: true } : {}) };
  }
}

/** For the providers of a module that imports `AccessModule` and provides `presence`. */
export function registerMeans(means: SignInMeans, presence: Type<MeansPresence>): FactoryProvider {
  return {
    provide: Symbol('registered means'),
    inject: [MeansRegistry, presence],
    useFactory: (registry: MeansRegistry, one: MeansPresence) => registry.register(means, one),
  };
}
