import { FactoryProvider, Inject, Injectable, Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Session } from '@portillon/session';
import { ACCESS_OPTIONS, type ResolvedAccessOptions } from '../access.options';
import type { CookieJar, MeansDeclaration, MeansPresence, SignedOutState, SignInMeans } from './means.types';

/** A means of signing in, as integrators and the page see it. */
export class Means {
  // The OpenAPI document lists the values that the libraries registered.
  @ApiProperty({ enum: [], enumName: 'MeansId' })
  id!: SignInMeans;

  @ApiProperty()
  available!: boolean;

  @ApiPropertyOptional({
    description: 'True while an offered means does not answer; it recovers automatically.',
  })
  away?: boolean;
}

/** The means of signing in, each registered by the library that brings it ({@link registerMeans}). */
@Injectable()
export class MeansRegistry {
  readonly #means = new Map<SignInMeans, MeansDeclaration & { presence: MeansPresence }>();

  constructor(@Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions) {}

  register(declaration: MeansDeclaration, presence: MeansPresence = {}): void {
    this.#means.set(declaration.id, { ...declaration, presence });
  }

  /** Those that are installed, in the order in which they are shown. */
  get names(): SignInMeans[] {
    return [...this.#means.values()].sort((one, other) => one.rank - other.rank).map(({ id }) => id);
  }

  /** The installed means, in the order of display, and whether each is available now. */
  list(): Means[] {
    const offered = new Set<SignInMeans>(['password', ...this.options.otherMeans]);
    return this.names.map((id) => this.#shown(id, offered.has(id)));
  }

  /** Calls every means: a user with a password may since have linked an identity. */
  async signOut(
    session: Session,
    answer: CookieJar,
    state: SignedOutState = 'signed-out',
  ): Promise<string | undefined> {
    for (const { presence } of this.#means.values()) {
      const next = await presence.signOut?.(session, answer, state);
      if (next) return next;
    }
    return undefined;
  }

  /** A means without a presence can always be used. */
  #shown(id: SignInMeans, offered: boolean): Means {
    const answers = this.#means.get(id)?.presence.available?.() ?? true;
    return { id, available: offered && answers, ...(offered && !answers ? { away: true } : {}) };
  }
}

/** For the providers of a module that imports `AccessModule`, and provides `presence` where the means has one. */
export function registerMeans(
  declaration: MeansDeclaration,
  presence?: Type<MeansPresence>,
): FactoryProvider {
  return {
    provide: Symbol('registered means'),
    inject: presence ? [MeansRegistry, presence] : [MeansRegistry],
    useFactory: (registry: MeansRegistry, one?: MeansPresence) => registry.register(declaration, one),
  };
}
