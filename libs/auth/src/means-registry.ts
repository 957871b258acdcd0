import { Injectable } from '@nestjs/common';
import type { Session } from '@portillon/session';
import type { FastifyReply } from 'fastify';
import type { SignInMeans } from './auth.options';

/** What a means that lives in a lib of its own tells the others. */
export interface MeansPresence {
  /** Whether it can be used just now. Asks nothing of anybody. */
  available(): boolean;
  /** Where the browser must go to end the session there too, once it has ended here. A path of ours. */
  signOut?(session: Session, reply: FastifyReply): Promise<string | undefined>;
}

/** The means beside the password, each told by its own lib when the application starts. */
@Injectable()
export class MeansRegistry {
  readonly #presences = new Map<SignInMeans, MeansPresence>();

  register(means: SignInMeans, presence: MeansPresence): void {
    this.#presences.set(means, presence);
  }

  /** True for a means that told nothing. */
  available(means: SignInMeans): boolean {
    return this.#presences.get(means)?.available() ?? true;
  }

  /** Every means is asked: who signed in with a password may have proved an identity since, to link it. */
  async signOut(session: Session, reply: FastifyReply): Promise<string | undefined> {
    for (const presence of this.#presences.values()) {
      const next = await presence.signOut?.(session, reply);
      if (next) return next;
    }
    return undefined;
  }
}
