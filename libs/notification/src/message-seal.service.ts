import { Injectable } from '@nestjs/common';
import { Keyring, Random } from '@portillon/kernel';
import type { Message } from './message.types';
import type { NotificationEntity } from './notification.entity';

/** The id is encrypted too, so that a payload copied to another row is rejected. */
interface Sealed {
  id: string;
  message: Message;
}

const PAYLOAD = 'notification.payload';
const DESTINATION = 'notification.destination';

/** Encrypts messages for the outbox, bound to their row, under a keyed digest of their destination. */
@Injectable()
export class MessageSealService {
  constructor(
    private readonly keyring: Keyring,
    private readonly random: Random,
  ) {}

  /** Ids of the keys with which this process can decrypt messages. */
  get keyIds(): string[] {
    return this.keyring.ids;
  }

  /** Digest of the destination, and the id of its key, which also encrypts the message. */
  address({ channel, to }: Message): Pick<NotificationEntity, 'keyId' | 'destinationDigest'> {
    const destinationDigest = this.keyring.digest(DESTINATION, [channel, to.toLowerCase()]);
    return { keyId: Keyring.keyIdOf(destinationDigest), destinationDigest };
  }

  /** Whether the mail of this row was sent to `address`. */
  isMailTo({ destinationDigest }: Pick<NotificationEntity, 'destinationDigest'>, address: string): boolean {
    return this.keyring.matches(destinationDigest, DESTINATION, ['EMAIL', address.toLowerCase()]);
  }

  /** Encrypts the message as the payload of its row. */
  seal(id: string, message: Message): string {
    const sealed: Sealed = { id, message };
    return this.keyring.seal(PAYLOAD, JSON.stringify(sealed), this.random);
  }

  /** Decrypts the message; returns nothing when its row was altered. */
  open({ id, payload }: Pick<NotificationEntity, 'id' | 'payload'>): Message | undefined {
    try {
      const sealed = JSON.parse(this.keyring.open(PAYLOAD, payload ?? '')) as Sealed;
      return sealed.id === id ? sealed.message : undefined;
    } catch {
      return undefined;
    }
  }
}
