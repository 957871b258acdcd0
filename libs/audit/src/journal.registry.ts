import { FactoryProvider, Injectable } from '@nestjs/common';
import { auditJournal } from './audit.journal';
import type { JournalEvent, JournalDeclaration } from './journal.types';

/** The events that the installed libraries declare. */
@Injectable()
export class JournalRegistry {
  readonly #events = new Map<string, JournalEvent>();

  constructor() {
    this.register(auditJournal);
  }

  register({ events = {} }: JournalDeclaration): void {
    for (const [name, event] of Object.entries(events)) this.#events.set(name, event);
  }

  /** Returns nothing for an event of a library that is no longer installed, which old lines may have. */
  eventOf(name: string): JournalEvent | undefined {
    return this.#events.get(name);
  }
}

/** For the providers of a module: declares the events that it writes. */
export function registerJournal(words: JournalDeclaration): FactoryProvider {
  return {
    provide: Symbol('registered journal'),
    inject: [JournalRegistry],
    useFactory: (registry: JournalRegistry) => registry.register(words),
  };
}
