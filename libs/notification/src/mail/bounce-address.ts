import { Injectable } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';

const PURPOSE = 'notification.bounce';
/** Short enough that with the 54 added octets a local part has at most 64 (RFC 5321, 4.5.3.1.1). */
const BASE = /^([a-z0-9][a-z0-9._-]{0,9})@([a-z0-9-]+(?:\.[a-z0-9-]+)*)$/;
const TAGGED =
  /^(?<local>[a-z0-9._-]{1,10})\+(?<id>[0-9a-f]{32})\.(?<mac>[0-9a-f]{20})@(?<domain>[a-z0-9.-]{1,255})$/;
const UUID = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/**
 * Return address of each mail (variable envelope return path): `bounces+<message>.<mac>@…`. An attacker who saw the id
 * of a mail cannot make its address, and so cannot have another person's address marked as unreachable.
 */
@Injectable()
export class BounceAddresses {
  readonly #base: { local: string; domain: string } | undefined;

  /** Creates the service. @throws Error naming the option when it cannot be used */
  constructor(
    base: string | undefined,
    private readonly keyring: Keyring,
  ) {
    if (base === undefined) return;
    const match = BASE.exec(base.toLowerCase());
    if (!match)
      throw new Error('notification: "mail.bounces" is no address of at most 10 letters and digits');
    this.#base = { local: match[1]!, domain: match[2]! };
  }

  /** Sender on the envelope of this message; nothing: the sender of the mail. */
  of(messageId: string): string | undefined {
    if (!this.#base) return undefined;
    const { local, domain } = this.#base;
    const mac = this.keyring.shortDigest(PURPOSE, [messageId]);
    return `${local}+${messageId.replaceAll('-', '')}.${mac}@${domain}`;
  }

  /** Id of the message of an address that {@link of} made. */
  messageOf(address: string): string | undefined {
    const { local, domain, id, mac } = TAGGED.exec(address.toLowerCase())?.groups ?? {};
    if (!id || local !== this.#base?.local || domain !== this.#base?.domain) return undefined;
    const messageId = id.replace(UUID, '$1-$2-$3-$4-$5');
    return this.keyring.matchesShort(mac!, PURPOSE, [messageId]) ? messageId : undefined;
  }
}
