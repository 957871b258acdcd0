import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, forgetOldest } from '@portillon/kernel';
import type { Standing } from '@portillon/otp';
import type { SignIn } from '@portillon/session';

/** A sign-in in progress, and how its code stood when this process last had to do with it. */
export interface KnownSignIn {
  signIn: SignIn;
  standing: Standing;
}

/** So many at most, of some 2 kB each: beyond, the oldest is read again like any other. */
const MOST = 1_000;

/**
 * What this process knows of the sign-ins it began, so that their code step need not read it again. It decides nothing:
 * whatever is done by it is guarded in the database by all that it says, and comes to nothing when that holds no more
 * (ADR 0018). Another process, or this one after a restart, reads.
 */
@Injectable()
export class SignInMemory {
  /** By the digest of the token; the one kept longest comes first. */
  readonly #known = new Map<string, KnownSignIn>();

  constructor(private readonly clock: Clock) {}

  /** How many are kept. */
  get size(): number {
    return this.#known.size;
  }

  keep(token: string, known: KnownSignIn): void {
    const key = keyOf(token);
    this.#known.delete(key);
    this.#known.set(key, known);
    const now = this.clock.now();
    forgetOldest(this.#known, MOST, ({ signIn }) => signIn.expiresAt <= now);
  }

  /** What is known by the token, for one attempt: who comes meanwhile reads. Any text is answered. */
  take(token: string | undefined): KnownSignIn | undefined {
    if (token === undefined) return undefined;
    const key = keyOf(token);
    const known = this.#known.get(key);
    this.#known.delete(key);
    return known && known.signIn.expiresAt > this.clock.now() ? known : undefined;
  }
}

function keyOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
