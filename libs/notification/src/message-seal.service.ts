import { Injectable } from '@nestjs/common';
import { Keyring, Random } from '@portillon/kernel';
import type { Message } from './message.types';
import type { NotificationEntity } from './notification.entity';

/** The id is inside too, so that a payload copied to another row opens nothing. */
interface Sealed {
  id: string;
  message: Message;
}

const PAYLOAD = 'notification.payload';
const DESTINATION = 'notification.destination';

/** Messages as they stand in the outbox: sealed, bound to their row, under a keyed digest of their destination. */
@Injectable()
export class MessageSealService {
  constructor(
    private readonly keyring: Keyring,
    private readonly random: Random,
  ) {}

  /** The keys that this process can open messages of. */
  get keyIds(): string[] {
    return this.keyring.ids;
  }

  seal(id: string, message: Message): Pick<NotificationEntity, 'payload' | 'keyId' | 'destinationDigest'> {
    const sealed: Sealed = { id, message };
    const payload = this.keyring.seal(PAYLOAD, JSON.stringify(sealed), this.random);
    const destination = [message.channel, message.to.toLowerCase()];
    const destinationDigest = this.keyring.digest(DESTINATION, destination);
    return { payload, keyId: Keyring.keyIdOf(payload), destinationDigest };
  }

  /** The message; nothing when its row was altered. */
  open({ id, payload }: Pick<NotificationEntity, 'id' | 'payload'>): Message | undefined {
    try {
      const sealed = JSON.parse(this.keyring.open(PAYLOAD, payload ?? '')) as Sealed;
      return sealed.id === id ? sealed.message : undefined;
    } catch {
      return undefined;
    }
  }
}
